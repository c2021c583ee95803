/** What went wrong, as RFC 9457 says it; also for what never reached the server. */
export interface FieldProblem {
  /** JSON pointer (RFC 6901) of the field: `/roles/0/env`. */
  pointer: string;
  detail: string;
}

export interface ProblemDocument {
  type: string;
  title: string;
  status: number;
  detail?: string;
  request_id?: string;
  /** Seconds, from the header of that name. */
  retry_after?: number;
  errors?: FieldProblem[];
  [extension: string]: unknown;
}

export class Problem extends Error {
  readonly document: ProblemDocument;
  readonly request: string;
  readonly at = new Date();

  constructor(document: ProblemDocument, request: string) {
    super(document.detail || document.title);
    this.name = 'Problem';
    this.document = document;
    this.request = request;
  }

  get code(): string {
    return this.document.type.split('/').pop() ?? '';
  }

  get status(): number {
    return this.document.status;
  }

  get requestId(): string {
    return this.document.request_id ?? '';
  }

  /** Seconds after which another try is looked at; 0 when the server does not say. */
  get retryAfter(): number {
    return this.document.retry_after ?? 0;
  }

  get fields(): FieldProblem[] {
    return this.document.errors ?? [];
  }

  /** Everything that helps whoever is asked for help. Holds no secret: neither bodies nor cookies. */
  get details(): string {
    return JSON.stringify({ ...this.document, request: this.request, at: this.at.toISOString() }, null, 2);
  }
}

/** No answer came: the network, the server or the user's own abort. */
export const unreachable = (request: string) =>
  new Problem({ type: '/problems/unreachable', title: 'The server does not answer', status: 0 }, request);

export const isProblem = (error: unknown, ...codes: string[]): error is Problem =>
  error instanceof Problem && (codes.length === 0 || codes.includes(error.code));
