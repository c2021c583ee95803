import type { Asks } from '@shared/api/requests';
import { can } from '@shared/components/Can';
import { RequestMore } from '@shared/components/RequestMore';
import { Amounts } from '@shared/components/values';
import { usePlace } from '@shared/session/place';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button, Flex, Skeleton } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type JobDetail, WAITING, type Why, whyQuery } from '../api';
import { scarcest, useWords } from '../words';
import { FitTable } from './FitTable';
import styles from './jobs.module.css';

/** Why a job waits: the sentence, the numbers, and what would help, as buttons where the reader may. */
export function WhyPanel({ job }: { job: JobDetail }) {
  const { t } = useTranslation('jobs');
  const words = useWords();
  const { data } = useQuery(whyQuery(job.project_id, job.id, job.version));
  const title = WAITING.has(job.phase) ? t('why.title') : t('why.rest');
  return (
    <section className={`${styles.panel} ${styles.why}`} aria-label={title}>
      <h2 className={styles.heading}>{title}</h2>
      {data ? (
        <Flex vertical gap={12}>
          <p className={styles.sentence} role="status">
            {words.waiting(data)}
          </p>
          {data.position !== null && (
            <span>
              {data.ahead ? t('why.ahead', { count: data.ahead }) : t('why.first', { position: data.position })}
            </span>
          )}
          <FitTable asked={data.asked} couldFit={data.could_fit.length > 0 ? data.could_fit : null} free={data.free} />
          <Helps job={job} why={data} />
        </Flex>
      ) : (
        <Skeleton active title={false} paragraph={{ rows: 3 }} />
      )}
    </section>
  );
}

/** Asks those who can raise the limit that the job waits at. */
function Ask({ why, permission, projectId }: { why: Why; permission: string; projectId: string }) {
  const { t } = useTranslation('jobs');
  const { tenant, project } = usePlace();
  const [open, setOpen] = useState(false);
  if (!tenant || ![tenant, project].some((on) => can(on, 'quotas.request'))) return null;
  const lack = scarcest(why.asked, why.free) ?? (why.asked[0] ? { asked: why.asked[0], free: 0 } : null);
  const asks = permission === 'quotas.manage' ? 'quota' : ASKS[why.bound ?? ''];
  return (
    <>
      <Button size="small" onClick={() => setOpen(true)}>
        {t('why.request')}
      </Button>
      {open ? (
        <RequestMore
          tenant={tenant}
          beginning={{
            ...(asks ? { asks } : {}),
            project: projectId,
            ...(why.cluster ? { cluster: why.cluster } : {}),
            ...(lack
              ? {
                  flavor: lack.asked.flavor,
                  resource: lack.asked.resource,
                  amount: Math.max(1, lack.asked.amount - lack.free),
                }
              : {}),
          }}
          onClose={() => setOpen(false)}
        />
      ) : null}
    </>
  );
}

/** By the limit that the job waits at: what is to be raised. */
const ASKS: Record<string, Asks> = {
  'project-cap': 'cap',
  'user-running': 'user-running',
  'user-gpus': 'user-gpus',
};

/** Where each permission that would help is exercised. */
const PLACES = {
  'quotas.manage': '/t/$tenant/quotas',
  'quotas.divide': '/t/$tenant/quotas',
  'jobs.suspend': '/t/$tenant/p/$project/jobs',
} as const;

function Helps({ job, why }: { job: JobDetail; why: Why }) {
  const { t } = useTranslation('jobs');
  const { sayIt } = useWords();
  const place = usePlace();
  if (why.helps.length === 0) return null;
  const where = { tenant: job.tenant_slug, project: job.project_slug };
  const allowed = (permission: string) =>
    [place.session, place.tenant, place.project, job].some((on) => can(on, permission));
  return (
    <div>
      <h3 className={styles.heading}>{t('why.helps')}</h3>
      <ul style={{ margin: 0, paddingInlineStart: 20 }}>
        {why.helps.map((help) => {
          const { permission } = help;
          const what = sayIt([help.said.what], help.what);
          const who = sayIt([help.said.who], help.who);
          const mine = permission !== null && allowed(permission);
          const target = permission && permission in PLACES ? PLACES[permission as keyof typeof PLACES] : null;
          return (
            <li key={help.who + help.what} style={{ marginBottom: 4 }}>
              {what} <span className="muted">{mine ? t('why.you') : t('why.who', { who })}</span>{' '}
              {mine && permission === 'jobs.submit' && (
                <Link to="/t/$tenant/p/$project/jobs/new" params={where} search={{ from: job.id }}>
                  <Button size="small">{t('why.changeClone')}</Button>
                </Link>
              )}
              {!mine && (permission === 'quotas.manage' || permission === 'quotas.divide') && (
                <Ask why={why} permission={permission} projectId={job.project_id} />
              )}
              {mine && target && (
                <Link
                  to={target as '/'}
                  params={where as never}
                  search={(permission === 'jobs.suspend' ? { phase: ['running'] } : {}) as never}
                >
                  <Button size="small">
                    {permission === 'jobs.suspend' ? t('why.seeRunning') : t('why.seeQuota')}
                  </Button>
                </Link>
              )}
            </li>
          );
        })}
      </ul>
      {why.asked.length > 0 && (
        <span className="visually-hidden">
          <Amounts rows={why.asked} />
        </span>
      )}
    </div>
  );
}
