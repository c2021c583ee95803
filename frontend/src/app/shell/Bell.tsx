import { BellOutlined } from '@ant-design/icons';
import { changedAt, jobAddress, listJobs } from '@shared/api/jobs';
import { ErrorPanel } from '@shared/components/ErrorPanel';
import { StatusIcon } from '@shared/components/StatusTag';
import { RelativeTime } from '@shared/components/values';
import { useStream } from '@shared/live/useStream';
import { prefer, usePreferences } from '@shared/preferences';
import { useStanding } from '@shared/session/place';
import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button, Popover } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

const MOST = 12;
const NEEDING = ['failed', 'preempted'] as const;

const needingMeQuery = queryOptions({
  queryKey: ['jobs', 'needing-me'],
  queryFn: ({ signal }) => listJobs({ mine: true, phase: NEEDING, limit: MOST }, signal),
  refetchInterval: 120_000,
});

/** What needs me: my jobs that failed or were preempted since I last looked. */
export function Bell() {
  const { t } = useTranslation('shell');
  const { tenant } = useStanding();
  const { noticedUntil } = usePreferences();
  const cache = useQueryClient();
  const { data, error, refetch } = useQuery(needingMeQuery);
  const [open, setOpen] = useState(false);
  useStream(tenant && { tenant: tenant.id, kinds: ['job'] }, {
    onEvent: ({ object }) => {
      if (NEEDING.some((phase) => phase === object?.phase)) void cache.invalidateQueries(needingMeQuery);
    },
    onLost: () => void cache.invalidateQueries(needingMeQuery),
  });
  const jobs = data?.results ?? [];
  const fresh = jobs.filter((job) => changedAt(job) > noticedUntil).length;
  const show = (shown: boolean) => {
    setOpen(shown);
    const newest = jobs.map(changedAt).sort().at(-1);
    if (!shown && newest && newest > noticedUntil) prefer({ noticedUntil: newest });
  };
  return (
    <Popover
      trigger="click"
      placement="bottomRight"
      open={open}
      onOpenChange={show}
      title={t('bell.title')}
      content={
        <div className="bell-list">
          {error ? <ErrorPanel brief error={error} retry={() => void refetch()} /> : null}
          {!error && jobs.length === 0 ? <p className="muted">{t('bell.nothing')}</p> : null}
          <ul>
            {jobs.map((job) => (
              <li key={job.id}>
                <StatusIcon status={job.phase} />
                <div>
                  <Link to={jobAddress(job) as string} onClick={() => show(false)}>
                    {job.name}
                  </Link>
                  <div className="muted">{job.failure?.phrase ?? job.why ?? job.message}</div>
                </div>
                <span className="muted">
                  <RelativeTime at={changedAt(job)} />
                </span>
              </li>
            ))}
          </ul>
        </div>
      }
    >
      <Button
        type="text"
        aria-label={t('bell.label', { count: fresh })}
        icon={
          <span className="bell">
            <BellOutlined />
            {fresh > 0 ? (
              <span className="bell-count" aria-hidden="true">
                {fresh}
              </span>
            ) : null}
          </span>
        }
      />
    </Popover>
  );
}
