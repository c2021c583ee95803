import { ErrorPage } from '@shared/components/ErrorPage';
import { PageHeader } from '@shared/components/PageHeader';
import { PageLoading } from '@shared/components/PageLoading';
import { StatusTag } from '@shared/components/StatusTag';
import { useKey } from '@shared/i18n/key';
import { useQuery } from '@tanstack/react-query';
import { Button, Table } from 'antd';
import { useTranslation } from 'react-i18next';
import { type Finding, healthQuery } from '../api';

const COMMAND = 'manage.py doctor';

/** What the platform stands on: what is wrong first, each with what to do. */
export function HealthPage() {
  const { t } = useTranslation('health');
  const { data, error, refetch, isFetching } = useQuery(healthQuery);
  if (error && !data) return <ErrorPage error={error} retry={() => void refetch()} />;
  if (!data) return <PageLoading />;
  const wrong = data.findings.filter((finding) => finding.state !== 'healthy');
  const well = data.findings.filter((finding) => finding.state === 'healthy');
  return (
    <div className="page">
      <PageHeader
        title={t('title')}
        facts={<StatusTag status={data.state} />}
        actions={
          <Button loading={isFetching} onClick={() => void refetch()}>
            {t('again')}
          </Button>
        }
        api={{ method: 'GET', path: '/platform/health/' }}
      />
      {wrong.length > 0 ? (
        <section aria-label={t('wrong')} style={{ marginBottom: 24 }}>
          <h2>{t('wrong')}</h2>
          <Findings findings={wrong} />
        </section>
      ) : null}
      <section aria-label={t('well')}>
        <h2>{t('well')}</h2>
        <Findings findings={well} />
      </section>
      <p className="muted">
        {t('command')} <code className="mono">{COMMAND}</code>
      </p>
    </div>
  );
}

function Findings({ findings }: { findings: readonly Finding[] }) {
  const { t } = useTranslation('health');
  const key = useKey();
  return (
    <Table<Finding>
      rowKey={(finding) => `${finding.code}/${finding.text}`}
      dataSource={[...findings]}
      pagination={false}
      size="small"
      scroll={{ x: 'max-content' }}
      columns={[
        {
          title: t('check'),
          width: 140,
          render: (_, finding) => key(`health:checks.${finding.check}`, { fallback: finding.check }),
        },
        { title: t('state'), width: 130, render: (_, finding) => <StatusTag status={finding.state} /> },
        {
          title: t('finding'),
          render: (_, finding) => (
            <div style={{ maxWidth: '80ch', whiteSpace: 'normal' }}>
              {key(`health:found.${finding.code}`, { ...shownValues(finding), fallback: finding.text })}
              {finding.fix ? (
                <div className="muted">{key(`health:fix.${finding.code}`, { fallback: finding.fix })}</div>
              ) : null}
            </div>
          ),
        },
      ]}
    />
  );
}

/** The values as a person reads them: bytes as GiB, shares as percent. */
function shownValues({ values }: Finding): Record<string, unknown> {
  const { free_bytes, share } = values as { free_bytes?: number; share?: number };
  return {
    ...values,
    ...(free_bytes === undefined ? {} : { gib: (free_bytes / 2 ** 30).toFixed(1) }),
    ...(share === undefined ? {} : { percent: Math.round(share * 100) }),
  };
}
