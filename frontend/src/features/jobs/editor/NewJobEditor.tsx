import { etagOf, http } from '@shared/api/http';
import { isProblem, type Problem } from '@shared/api/problem';
import { useAct } from '@shared/api/useAct';
import { ErrorPanel } from '@shared/components/ErrorPanel';
import { AsApi, PageHeader } from '@shared/components/PageHeader';
import { newKey } from '@shared/lib/keys';
import { useProject } from '@shared/session/place';
import { Link, useNavigate } from '@tanstack/react-router';
import { Button, Flex } from 'antd';
import { useCallback, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type JobDetail, jobPath, jobsPath } from '../api';
import styles from '../components/jobs.module.css';
import type { Value } from '../model/document';
import { FitPanel } from './FitPanel';
import { forget, keep } from './kept';
import { type Mode, SpecEditor, useChecked } from './SpecEditor';
import { useAssessment } from './useAssessment';

interface Props {
  source: string;
  initial: string;
  mode: Mode;
  /** The draft that is being changed, when it is one. */
  draft: JobDetail | null;
}

interface Order {
  value: Value;
  asDraft: boolean;
}

export function NewJobEditor({ source, initial, mode, draft }: Props) {
  const { t } = useTranslation('jobs');
  const { tenant, project } = useProject();
  const navigate = useNavigate();
  const [text, setText] = useState(initial);
  const [strict, setStrict] = useState(mode === 'yaml');
  const [refused, setRefused] = useState<{ text: string; problem: Problem } | null>(null);
  const checked = useChecked(text);
  const { value } = checked.document;
  const ready = value !== null && checked.findings.length === 0 && text.trim() !== '';
  const { assessment, problem, settled } = useAssessment(project.id, ready ? value : null);
  const where = { tenant: tenant.slug, project: project.slug };
  // The same text submitted twice, by a double click or after a lost answer, is one submission.
  const key = useRef({ of: '', value: '' });
  const keyFor = (order: Order) => {
    const of = JSON.stringify(order);
    if (key.current.of !== of) key.current = { of, value: newKey() };
    return key.current.value;
  };

  const change = useCallback(
    (next: string) => {
      setText(next);
      keep(project.id, { text: next, source });
    },
    [project.id, source],
  );
  const setMode = useCallback(
    (as: Mode) =>
      void navigate({
        to: '.',
        search: ((old: Record<string, unknown>) => ({ ...old, as: as === 'form' ? undefined : as })) as never,
        replace: true,
        resetScroll: false,
      }),
    [navigate],
  );

  const send = useAct<Order, JobDetail>({
    act: async (order) => {
      if (!draft)
        return http.post<JobDetail>(jobsPath(project.id), order.value, {
          query: order.asDraft ? { draft: true } : {},
          idempotencyKey: keyFor(order),
        });
      const path = jobPath(project.id, draft.id);
      const changed = await http.patch<JobDetail>(path, { spec: order.value }, { etag: etagOf(draft) });
      return order.asDraft ? changed : http.post<JobDetail>(jobPath(project.id, draft.id, 'submit/'), {});
    },
    done: (job, { asDraft }) => t(asDraft ? 'draftSaved' : 'submitted', { name: job.name }),
    changes: [['projects', project.id]],
    onDone: (job) => {
      forget(project.id);
      void navigate({ to: '/t/$tenant/p/$project/jobs/$job', params: { ...where, job: job.id } });
    },
    onProblem: (error) => {
      if (isProblem(error)) setRefused({ text, problem: error });
      document.getElementById('new-job-problem')?.scrollIntoView({ block: 'center' });
    },
  });

  const submit = (asDraft: boolean) => {
    setStrict(true);
    if (value !== null && ready) send.mutate({ value, asDraft });
    else
      requestAnimationFrame(() => document.querySelector('[aria-invalid="true"]')?.scrollIntoView({ block: 'center' }));
  };

  const standing = refused?.text === text ? refused.problem : null;
  const fields = useMemo(() => [...(problem?.fields ?? []), ...(standing?.fields ?? [])], [problem, standing]);
  const whole = problem && problem.fields.length === 0 ? problem : null;
  const wrong = checked.document.errors.length + checked.findings.length + (problem?.fields.length ?? 0);

  return (
    <div className="page">
      <PageHeader
        title={draft ? t('editDraft', { name: draft.name }) : t('new')}
        trail={[
          <Link key="jobs" to="/t/$tenant/p/$project/jobs" params={where}>
            {t('title')}
          </Link>,
          <Link key="new" to="/t/$tenant/p/$project/jobs/new" params={where}>
            {t('new')}
          </Link>,
        ]}
        actions={
          <>
            {value && <AsApi call={{ method: 'POST', path: jobsPath(project.id), body: value }} />}
            <Button loading={send.isPending && send.variables?.asDraft} onClick={() => submit(true)}>
              {t('saveDraft')}
            </Button>
            <Button type="primary" loading={send.isPending && !send.variables?.asDraft} onClick={() => submit(false)}>
              {t('submit')}
            </Button>
          </>
        }
      />
      <Flex vertical gap={16}>
        <div id="new-job-problem">{standing && standing.fields.length === 0 && <ErrorPanel error={standing} />}</div>
        <div className={styles.columns}>
          <SpecEditor
            tenant={tenant.id}
            text={text}
            onText={change}
            mode={mode}
            onMode={setMode}
            checked={checked}
            refused={fields}
            strict={strict}
          />
          <FitPanel assessment={assessment} problem={whole} wrong={wrong} settled={settled || !ready} />
        </div>
      </Flex>
    </div>
  );
}
