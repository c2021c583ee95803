import { DownloadOutlined } from '@ant-design/icons';
import { API, http } from '@shared/api/http';
import type { Of } from '@shared/api/types';
import { useAct } from '@shared/api/useAct';
import { can } from '@shared/components/Can';
import { CopyButton } from '@shared/components/CopyButton';
import { ErrorPanel } from '@shared/components/ErrorPanel';
import { PageLoading } from '@shared/components/PageLoading';
import { formatBytes } from '@shared/lib/units';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Button, Flex, Tag } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { inputsQuery, type JobDetail, jobPath } from '../api';
import { useWords } from '../words';
import styles from './jobs.module.css';

type Inputs = Of<'InputsOutput'>;

/** What a job was made of, and the act that runs exactly that again. */
export function Reproduce({ job }: { job: JobDetail }) {
  const { t } = useTranslation('jobs');
  const { amount } = useWords();
  const { data, error, refetch } = useQuery(inputsQuery(job.project_id, job.id, job.version));
  if (error && data === undefined) return <ErrorPanel error={error} retry={() => void refetch()} />;
  if (data === undefined) return <PageLoading />;
  return (
    <section aria-labelledby="reproduce">
      <Flex gap={12} align="center" justify="space-between" wrap>
        <h3 id="reproduce">{t('reproduce.title')}</h3>
        {can(job, 'jobs.submit') && job.phase !== 'draft' && <RunAgain job={job} />}
      </Flex>
      <dl className={styles.facts}>
        <Fact term={t('source.title')}>{data.code ? <Code job={job} code={data.code} /> : t('reproduce.noCode')}</Fact>
        {data.images.map((one) => (
          <Fact key={one.role} term={t('reproduce.imageOf', { role: one.role })}>
            <code className="mono">{one.image}</code> {one.runs ? null : <Tag>{t('reproduce.noImages')}</Tag>}
          </Fact>
        ))}
        <Fact term={t('reproduce.secrets')}>{data.secrets.length > 0 ? <Secrets inputs={data} /> : '—'}</Fact>
        {data.roles.map((role) => (
          <Fact key={role.role} term={t('reproduce.variablesOf', { role: role.role })}>
            {role.variables.length + role.from_secrets.length > 0 ? (
              <code className="mono">{[...role.variables, ...role.from_secrets].join(', ')}</code>
            ) : (
              '—'
            )}
          </Fact>
        ))}
        <Fact term={t('framework')}>{t(`frameworks.${job.framework as 'custom'}`)}</Fact>
        {data.resolved.length > 0 && (
          <Fact term={t('resolved')}>
            {data.resolved
              .map((row) => t('resolvedRow', { role: row.role, amount: amount(row), flavor: row.flavor }))
              .join(' · ')}
          </Fact>
        )}
        <Fact term={t('facts.attempt')}>{data.attempts}</Fact>
        <Fact term={t('buckets.title')}>
          {data.buckets.length > 0 ? <Buckets job={job} buckets={data.buckets} /> : '—'}
        </Fact>
        <Fact term={t('datasets.title')}>
          {data.datasets.length > 0 ? <Datasets job={job} datasets={data.datasets} /> : '—'}
        </Fact>
        <Fact term={t('volumes.title')}>
          {data.volumes.length > 0 ? <Volumes job={job} volumes={data.volumes} /> : '—'}
        </Fact>
        <Fact term={t('reproduce.seed')}>{t('reproduce.noSeed')}</Fact>
      </dl>
    </section>
  );
}

function Fact({ term, children }: { term: string; children: ReactNode }) {
  return (
    <>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </>
  );
}

function Code({ job, code }: { job: JobDetail; code: NonNullable<Inputs['code']> }) {
  const { t, i18n } = useTranslation('jobs');
  const size = code.size_bytes === null ? null : formatBytes(code.size_bytes, i18n.language);
  return (
    <Flex vertical gap={4} align="start">
      {code.kind === 'git' && (
        <span>
          <code className="mono">{code.url}</code> {code.path && <code className="mono">/{code.path}</code>}{' '}
          <span className="muted">{code.ref}</span>
        </span>
      )}
      {code.commit && (
        <span>
          {t('source.commit')} <code className="mono">{code.commit}</code> <CopyButton text={code.commit} />
        </span>
      )}
      {code.state === 'ready' && code.id ? (
        <span>
          <a href={`${API}/projects/${job.project_id}/code/${code.id}/download/`} download>
            <DownloadOutlined /> {code.name}
          </a>{' '}
          <span className="muted">
            {t('reproduce.files', { count: code.files ?? 0 })} · {size} · {t('artifacts.sha256')}{' '}
            {code.sha256.slice(0, 16)}…
          </span>{' '}
          <CopyButton text={code.sha256} />
        </span>
      ) : (
        <span>
          <Tag>{t(`reproduce.states.${code.state}`)}</Tag> {code.message}
        </span>
      )}
    </Flex>
  );
}

function Secrets({ inputs }: { inputs: Inputs }) {
  const { t } = useTranslation('jobs');
  return (
    <Flex gap={8} wrap>
      {inputs.secrets.map((secret) => (
        <span key={secret.name}>
          <code className="mono">{secret.name}</code>{' '}
          {secret.secret_version === null
            ? t('reproduce.notPinned')
            : t('reproduce.version', { version: secret.secret_version })}{' '}
          {!secret.usable && <Tag color="error">{t('reproduce.destroyed')}</Tag>}
        </span>
      ))}
    </Flex>
  );
}

function Buckets({ job, buckets }: { job: JobDetail; buckets: Inputs['buckets'] }) {
  const { t } = useTranslation('jobs');
  return (
    <Flex vertical gap={4} align="start">
      {buckets.map(({ id, name, prefix, access, variable }) => (
        <span key={name}>
          {id === null ? (
            <>
              {name} <Tag color="error">{t('buckets.removed')}</Tag>
            </>
          ) : (
            <Link
              to="/t/$tenant/p/$project/buckets/$bucket"
              params={{ tenant: job.tenant_slug, project: job.project_slug, bucket: id }}
              search={prefix ? { folder: prefix } : {}}
            >
              {name}/{prefix}
            </Link>
          )}{' '}
          {t(`buckets.accesses.${access as 'read'}`)} <code className="mono">{`$${variable}`}</code>{' '}
          {access === 'write' && id !== null && job.phase === 'succeeded' && (
            <Link
              to="/t/$tenant/p/$project/datasets/register"
              params={{ tenant: job.tenant_slug, project: job.project_slug }}
              search={{ bucket: name, prefix, job: job.id }}
            >
              {t('datasets.register')}
            </Link>
          )}
        </span>
      ))}
    </Flex>
  );
}

function Datasets({ job, datasets }: { job: JobDetail; datasets: Inputs['datasets'] }) {
  const { t } = useTranslation('jobs');
  return (
    <Flex vertical gap={4} align="start">
      {datasets.map(({ id, name, number, digest, variable, there }) => (
        <span key={name}>
          {there ? (
            <Link
              to="/t/$tenant/p/$project/datasets/$dataset"
              params={{ tenant: job.tenant_slug, project: job.project_slug, dataset: id }}
              search={{ version: number }}
            >
              {name}, {t('datasets.version', { number })}
            </Link>
          ) : (
            <>
              {name}, {t('datasets.version', { number })} <Tag color="error">{t('datasets.gone')}</Tag>
            </>
          )}{' '}
          <code className="mono" title={digest}>{`${digest.slice(0, 12)}…`}</code>{' '}
          <CopyButton text={digest} size="small" /> <code className="mono">{`$${variable}`}</code>
        </span>
      ))}
    </Flex>
  );
}

function Volumes({ job, volumes }: { job: JobDetail; volumes: Inputs['volumes'] }) {
  const { t } = useTranslation('jobs');
  return (
    <Flex vertical gap={4} align="start">
      {volumes.map(({ id, name, access, path, variable }) => (
        <span key={name}>
          {id === null ? (
            <>
              {name} {job.phase !== 'draft' && <Tag color="error">{t('volumes.removed')}</Tag>}
            </>
          ) : (
            <Link
              to="/t/$tenant/p/$project/volumes/$volume"
              params={{ tenant: job.tenant_slug, project: job.project_slug, volume: id }}
            >
              {name}
            </Link>
          )}{' '}
          {t(`volumes.accesses.${access as 'read'}`)} <code className="mono">{path}</code>{' '}
          <code className="mono">{`$${variable}`}</code>
        </span>
      ))}
    </Flex>
  );
}

function RunAgain({ job }: { job: JobDetail }) {
  const { t } = useTranslation('jobs');
  const navigate = useNavigate();
  const again = useAct<void, JobDetail>({
    act: () => http.post<JobDetail>(jobPath(job.project_id, job.id, 'rerun/'), {}),
    done: t('reproduce.done', { name: job.name }),
    changes: [['projects', job.project_id, 'jobs']],
    onDone: (made) =>
      void navigate({
        to: '/t/$tenant/p/$project/jobs/$job',
        params: { tenant: job.tenant_slug, project: job.project_slug, job: made.id },
      }),
  });
  return (
    <Button loading={again.isPending} onClick={() => again.mutate()}>
      {t('reproduce.again')}
    </Button>
  );
}
