/** What a chart over time shows. Times are milliseconds since the epoch; NaN or null is a gap, never a zero. */
export type Point = readonly [time: number, value: number | null];

export interface Series {
  name: string;
  points: readonly Point[];
  /** Index into the palette's series; else its place in the list. */
  colour?: number;
  /** Draw filled down to the axis. */
  area?: boolean;
  dashed?: boolean;
  /** Lower and upper bound around the line, such as a forecast's. */
  band?: readonly (readonly [time: number, low: number, high: number])[];
}

export interface TimeRange {
  from: number;
  to: number;
}
