import { nameOf } from '../../base/display-name';
import { pathKey } from './settled-file';

/** Refused entries that are remembered, and so reported, at once. */
const MOST = 10_000;

/** Reports each refused entry once, and again only after a full sweep did not meet it. */
export class Refusals {
  private readonly report: (name: string, problem: string) => void;
  private reported = new Set<string>();
  private met = new Set<string>();

  constructor(report: (name: string, problem: string) => void) {
    this.report = report;
  }

  see(relativePath: Buffer, problem: string): void {
    const key = `${problem}\n${pathKey(relativePath)}`;
    if (this.met.size < MOST) this.met.add(key);
    if (this.reported.has(key) || this.reported.size >= MOST) return;
    this.reported.add(key);
    this.report(relativePath.length === 0 ? '.' : nameOf(relativePath).display, problem);
  }

  sweepBegins(): void {
    this.met = new Set();
  }

  /** After a sweep that saw everything: what it did not meet is forgotten. */
  sweepEnds(): void {
    this.reported = this.met;
    this.met = new Set(this.reported);
  }
}
