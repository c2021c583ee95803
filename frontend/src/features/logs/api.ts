/** Logs over REST. The socket only brings what is new; history, holes and searches come from here. */
import { address, http } from '@shared/api/http';
import type { SourceExtent, WireLine } from './model/line';

/** Whose lines: `base` is its path in the API, such as /projects/<id>/jobs/<id>/. */
export interface LogSubject {
  kind: string;
  id: string;
  base: string;
}

export interface LinesWanted {
  attempt: number;
  rank: number;
  /** Lines with greater numbers, oldest first. */
  after?: number;
  /** Lines with smaller numbers: those right before it. */
  before?: number;
  limit: number;
}

export interface Found {
  attempt: number;
  rank: number;
  number: number;
  at: string;
  text: string;
}

export const readExtents = (subject: LogSubject, signal?: AbortSignal) =>
  http.get<SourceExtent[]>(`${subject.base}log-ranks/`, signal ? { signal } : {});

export async function readLines(subject: LogSubject, wanted: LinesWanted): Promise<WireLine[]> {
  const answer = await http.get<{ lines: WireLine[] }>(`${subject.base}logs/`, { query: wanted });
  return answer.lines;
}

/** The first lines of the whole log, loaded or not, that match. */
export async function findInAll(
  subject: LogSubject,
  wanted: { q: string; regex: boolean; attempt: number; rank?: number },
): Promise<Found[]> {
  const answer = await http.get<{ results: Found[] }>(`${subject.base}logs/search/`, {
    query: { ...wanted, limit: 1 },
  });
  return answer.results;
}

export const downloadAddress = (subject: LogSubject, attempt: number, rank: number | null) =>
  address(`${subject.base}logs/download/`, { attempt, rank });
