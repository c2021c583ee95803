/** What of the log viewer is in the address: a link shows the same lines to a colleague. */
import { choice, flag, type SearchOf, search, shortText, wholeNumber } from '@shared/routing/search';

const LEVELS = ['debug', 'info', 'warning', 'error'] as const;

export const logSearch = search({
  attempt: wholeNumber(1),
  rank: wholeNumber(0),
  /** `<attempt>/<rank>/<number>`: the line that is marked. */
  line: shortText(40),
  find: shortText(200),
  regex: flag,
  level: choice(LEVELS),
});

export type LogSearch = SearchOf<typeof logSearch>;
