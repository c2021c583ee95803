import { describe, expect, it } from 'vitest';
import { hanse, python } from './commands';

const PROJECT = '0190f5fe-0000-7000-8000-000000000002';
const JOB = '0190f5fe-0000-7000-8000-000000000003';

describe('the command line of a call', () => {
  it('has a verb of its own where the command has one', () => {
    expect(hanse({ method: 'GET', path: `/projects/${PROJECT}/jobs/${JOB}/` })).toBe(
      `hanse job get ${JOB} -p ${PROJECT}`,
    );
    expect(hanse({ method: 'GET', path: '/me/tokens/' })).toBe('hanse token list');
  });

  it('asks the API where it has none', () => {
    expect(hanse({ method: 'GET', path: '/cohorts/', query: { q: 'a' } })).toBe("hanse api GET '/api/v1/cohorts/?q=a'");
  });

  it('gives a job to submit as standard input', () => {
    const call = { method: 'POST', path: `/projects/${PROJECT}/jobs/`, body: { name: 'hello' } } as const;

    expect(hanse(call)).toBe(`hanse job submit -p ${PROJECT} -f - <<'END'\n{\n  "name": "hello"\n}\nEND`);
    expect(python(call)).toContain('client.jobs.submit(json.loads(');
  });
});
