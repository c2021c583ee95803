import { address } from '@shared/api/http';
import { type ApiCall, quoted } from './curl';

const ID = '[0-9a-f-]{36}';
/** What has a verb of its own in the command `hanse`; all else is `hanse api`. */
const VERBS: readonly [pattern: RegExp, verb: string][] = [
  [new RegExp(`^GET /projects/${ID}/jobs/$`), 'job list'],
  [new RegExp(`^GET /projects/${ID}/jobs/(${ID})/$`), 'job get $1'],
  [new RegExp(`^GET /projects/${ID}/secrets/$`), 'secret list'],
  [new RegExp(`^GET /projects/${ID}/code/$`), 'code list'],
  [new RegExp(`^GET /projects/${ID}/schedules/$`), 'schedule list'],
  [new RegExp(`^GET /projects/${ID}/schedules/(${ID})/$`), 'schedule get $1'],
  [/^GET \/templates\/$/, 'template list'],
  [/^GET \/me\/tokens\/$/, 'token list'],
];
const submits = (call: ApiCall) => call.method === 'POST' && new RegExp(`^/projects/${ID}/jobs/$`).test(call.path);
const projectOf = (call: ApiCall) => new RegExp(`^/projects/(${ID})/`).exec(call.path)?.[1];

/** The same with the command `hanse`, after `hanse login`. */
export function hanse(call: ApiCall): string {
  const body = call.body === undefined ? '' : ` <<'END'\n${JSON.stringify(call.body, null, 2)}\nEND`;
  const project = projectOf(call);
  const of = project ? ` -p ${project}` : '';
  if (submits(call)) return `hanse job submit${of} -f -${body}`;
  const line = `${call.method} ${call.path}`;
  const known = VERBS.find(([pattern]) => pattern.test(line));
  if (known) return `hanse ${line.replace(...known)}${of}`;
  return `hanse api ${call.method} ${quoted(address(call.path, call.query))}${body ? ` -f -${body}` : ''}`;
}

/** The same in Python, with the package `hanse`. */
export function python(call: ApiCall): string {
  const body = call.body === undefined ? '' : JSON.stringify(call.body, null, 2);
  const project = projectOf(call);
  const ask = submits(call)
    ? `job = client.jobs.submit(json.loads(r"""${body}"""), project="${project}")`
    : `print(client.transport.ask("${call.method}", "${address(call.path, call.query)}"${body ? `, body=json.loads(r"""${body}""")` : ''}))`;
  const then = submits(call) ? '\n    print(client.jobs.wait(job)["phase"])' : '';
  return `${body ? 'import json\n\n' : ''}import hanse\n\nwith hanse.Client() as client:\n    ${ask}${then}\n`;
}
