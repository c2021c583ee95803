/** What of the log viewer is in the address: a link shows the same lines to a colleague. */
import { z } from 'zod';

const LEVELS = ['debug', 'info', 'warning', 'error'] as const;

export const logSearch = z.object({
  attempt: z.coerce.number().int().positive().optional().catch(undefined),
  rank: z.coerce.number().int().nonnegative().optional().catch(undefined),
  /** `<attempt>/<rank>/<number>`: the line that is marked. */
  line: z.string().max(40).optional().catch(undefined),
  find: z.string().max(200).optional().catch(undefined),
  regex: z.boolean().optional().catch(undefined),
  level: z.enum(LEVELS).optional().catch(undefined),
});

export type LogSearch = z.infer<typeof logSearch>;
