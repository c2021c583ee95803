import { StatusTag } from '@shared/components/StatusTag';
import { Duration } from '@shared/components/values';
import { Button, Table, Tooltip, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Replica } from '../api';
import { type PanelSubject, useJobPanels } from '../panels';
import { useWords } from '../words';
import styles from './jobs.module.css';

interface Props {
  replicas: readonly Replica[];
  subject: PanelSubject;
  onLog: (replica: Replica) => void;
  /** Where a shell in a replica is opened, for who may. */
  onShell?: (replica: Replica) => void;
  /** With attempt and times: for a page of its own. */
  whole?: boolean;
}

export const replicaName = (replica: Replica) => `${replica.role}-${replica.index}`;

/** The replicas with what they use; a click opens a replica's log. */
export function ReplicasTable({ replicas, subject, onLog, onShell, whole = false }: Props) {
  const { t } = useTranslation('jobs');
  const words = useWords();
  const { ReplicaUse } = useJobPanels();
  const exit = (replica: Replica) => {
    if (replica.signal !== null) return t('signal', { signal: replica.signal });
    return replica.exit_code ?? '—';
  };
  return (
    <Table<Replica>
      size="small"
      rowKey="id"
      dataSource={[...replicas]}
      pagination={replicas.length > 50 ? { pageSize: 50, showSizeChanger: false } : false}
      scroll={{ x: 'max-content' }}
      columns={[
        ...(whole ? [{ title: t('replicas.attempt'), dataIndex: 'attempt', align: 'right' as const, width: 80 }] : []),
        { title: t('replicas.rank'), dataIndex: 'rank', align: 'right', width: 64 },
        {
          title: t('replicas.name'),
          render: (_, replica) => (
            <Tooltip title={t('replicas.openLog')}>
              <Button type="link" size="small" style={{ padding: 0 }} onClick={() => onLog(replica)}>
                {replicaName(replica)}
              </Button>
            </Tooltip>
          ),
        },
        {
          title: t('replicas.state'),
          render: (_, replica) => (
            <>
              <StatusTag
                status={replica.phase}
                reason={replica.failure ? words.failurePart(replica.failure, 'phrase') : undefined}
              />
              {replica.message && <div className={`muted ${styles.said}`}>{replica.message}</div>}
            </>
          ),
        },
        {
          title: t('replicas.node'),
          dataIndex: 'node',
          render: (node: string) => node || <span className="muted">—</span>,
        },
        { title: t('replicas.exit'), align: 'right', className: 'tabular', render: (_, replica) => exit(replica) },
        {
          title: t('replicas.cpu'),
          render: (_, { attempt, rank }) => (
            <ReplicaUse subject={subject} attempt={attempt} rank={rank} name="cpu_millicores" />
          ),
        },
        {
          title: t('replicas.memory'),
          render: (_, { attempt, rank }) => (
            <ReplicaUse subject={subject} attempt={attempt} rank={rank} name="memory_bytes" />
          ),
        },
        ...(whole && replicas.some(({ pod }) => pod)
          ? [
              {
                title: t('replicas.pod'),
                dataIndex: 'pod',
                render: (pod: string | null) =>
                  pod && (
                    // Pods of a job differ at the end of their names; the whole one is copied, and shown on hover.
                    <Typography.Text className="mono" copyable={{ text: pod }} title={pod}>
                      {pod.length > 20 ? `…${pod.slice(-18)}` : pod}
                    </Typography.Text>
                  ),
              },
              {
                title: t('replicas.scheduled'),
                align: 'right' as const,
                render: (_: unknown, { made_at, scheduled_at }: Replica) => (
                  <Duration since={scheduled_at && made_at} until={scheduled_at} />
                ),
              },
              {
                title: t('replicas.started'),
                align: 'right' as const,
                render: (_: unknown, { scheduled_at, started_at }: Replica) => (
                  <Duration since={started_at && scheduled_at} until={started_at} />
                ),
              },
            ]
          : []),
        ...(whole
          ? [
              {
                title: t('columns.duration'),
                align: 'right' as const,
                render: (_: unknown, replica: Replica) => (
                  <Duration since={replica.started_at} until={replica.finished_at} />
                ),
              },
            ]
          : []),
        ...(onShell
          ? [
              {
                title: <span className="visually-hidden">{t('tabs.shell')}</span>,
                render: (_: unknown, replica: Replica) =>
                  replica.phase === 'running' && (
                    <Button size="small" onClick={() => onShell(replica)}>
                      {t('tabs.shell')}
                      <span className="visually-hidden"> {replicaName(replica)}</span>
                    </Button>
                  ),
              },
            ]
          : []),
      ]}
    />
  );
}
