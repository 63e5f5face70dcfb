import { type SchedulerLike, VirtualTimeScheduler } from "rxjs";
import { describe, expect, it, vi } from "vitest";
import { Deadlines } from "../src/transport/deadlines.ts";

function deadlines(onLate: (name: string) => void = () => undefined) {
  const scheduler = new VirtualTimeScheduler();
  const late: string[] = [];
  const under = new Deadlines<string>(100, scheduler, (name) => {
    late.push(`${name} at ${scheduler.now()}`);
    onLate(name);
  });
  const at = (time: number, work: () => void) => scheduler.schedule(work, time);
  return { scheduler, late, under, at };
}

describe("of all that is under way", () => {
  it("each is late after its own time, and what has ended never is", () => {
    const { scheduler, late, under, at } = deadlines();
    for (const time of [0, 30, 30, 70, 180]) at(time, () => under.begin(`${time}-${under.all.length}`));
    at(20, () => under.end("0-0"));
    at(75, () => under.end("70-2"));
    scheduler.flush();
    expect(late).toEqual(["30-0 at 130", "30-1 at 130", "180-0 at 280"]);
    expect(under.all).toEqual([]);
  });

  it("what begins because something is late has its whole time", () => {
    const { scheduler, late, under, at } = deadlines((name) => {
      if (name.length < 3) under.begin(`${name}+`);
    });
    at(0, () => under.begin("a"));
    at(40, () => under.begin("b"));
    scheduler.flush();
    expect(late).toEqual(["a at 100", "b at 140", "a+ at 200", "b+ at 240", "a++ at 300", "b++ at 340"]);
  });

  it("one timer is enough, and none is left behind", () => {
    const { scheduler, under } = deadlines();
    const schedule = vi.spyOn(scheduler, "schedule");
    for (let i = 0; i < 100; i++) under.begin(`${i}`);
    expect(schedule).toHaveBeenCalledTimes(1);
    for (let i = 0; i < 100; i++) under.end(`${i}`);
    expect(schedule.mock.results[0]?.value).toMatchObject({ closed: true });
  });

  it("a clock that is set back makes nobody wait for longer than twice the time", () => {
    const virtual = new VirtualTimeScheduler();
    const late: number[] = [];
    const scheduler: SchedulerLike = {
      now: () => virtual.now() + (virtual.now() < 50 ? 1_000_000 : 0),
      schedule: virtual.schedule.bind(virtual),
    };
    const under = new Deadlines<string>(100, scheduler, () => late.push(virtual.now()));
    under.begin("a");
    virtual.schedule(() => under.begin("b"), 40);
    virtual.schedule(() => {
      for (const each of ["a", "b"]) under.end(each);
    }, 1_000);
    virtual.flush();
    expect(late).toEqual([200, 200]);
  });
});
