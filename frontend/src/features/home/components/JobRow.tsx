import { changedAt, type JobLine } from '@shared/api/jobs';
import { useJobSentence } from '@shared/components/jobSentence';
import { ProgressBar } from '@shared/components/ProgressBar';
import { StatusTag } from '@shared/components/StatusTag';
import { RelativeTime, useDuration } from '@shared/components/values';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';

/** A job in a line: its name, its state, and the one sentence that matters now. */
export function JobRow({ job, address }: { job: JobLine; address: string }) {
  const { t } = useTranslation('home');
  const duration = useDuration();
  const sentence = useJobSentence()(job);
  return (
    <li className="job-row">
      <StatusTag status={job.phase} />
      <div className="job-row-main">
        <Link to={address as string}>{job.name}</Link>
        {job.progress === null ? (
          <span className="muted">{sentence}</span>
        ) : (
          <span className="job-row-progress">
            <ProgressBar share={job.progress} label={t('progress', { name: job.name })} width={180} />
            {job.eta_seconds === null ? null : (
              <span className="muted tabular">{t('eta', { duration: duration(job.eta_seconds) })}</span>
            )}
          </span>
        )}
      </div>
      <span className="muted">{job.submitted_by.name}</span>
      <span className="muted job-row-time">
        <RelativeTime at={changedAt(job)} />
      </span>
    </li>
  );
}
