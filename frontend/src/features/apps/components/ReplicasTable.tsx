import { StatusTag } from '@shared/components/StatusTag';
import { RelativeTime } from '@shared/components/values';
import { useSaid } from '@shared/i18n/said';
import { Button, Table } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Replica } from '../api';
import { type PanelSubject, useAppPanels } from '../panels';

interface Props {
  replicas: readonly Replica[];
  subject: PanelSubject;
  nameOf: (number: number) => string;
  onLog: (replica: Replica) => void;
  /** With those that are over. */
  whole?: boolean;
}

/** The replicas with what they use and what they wait for; a click opens a replica's log. */
export function ReplicasTable({ replicas, subject, nameOf, onLog, whole = false }: Props) {
  const { t } = useTranslation('apps');
  const said = useSaid();
  const { ReplicaUse } = useAppPanels();
  const use = (name: string) => (replica: Replica) =>
    replica.finished_at ? null : (
      <ReplicaUse subject={subject} attempt={replica.revision} rank={replica.number} name={name} />
    );
  return (
    <Table<Replica>
      size="small"
      rowKey="number"
      dataSource={[...replicas]}
      pagination={replicas.length > 50 ? { pageSize: 50, showSizeChanger: false } : false}
      scroll={{ x: 'max-content' }}
      locale={{ emptyText: t('noReplicas') }}
      columns={[
        {
          title: t('replica.name'),
          render: (_, replica) => (
            <Button
              type="link"
              size="small"
              style={{ padding: 0 }}
              title={t('replica.log')}
              onClick={() => onLog(replica)}
            >
              {nameOf(replica.number)}
            </Button>
          ),
        },
        {
          title: t('replica.state'),
          render: (_, replica) => {
            const why = said(replica.said, '');
            return (
              <>
                <StatusTag status={replica.phase} />
                {why ? <div className="muted">{why}</div> : null}
              </>
            );
          },
        },
        { title: t('replica.revision'), dataIndex: 'revision', align: 'right' },
        {
          title: t('replica.node'),
          render: (_, { node, pod }) => (
            <>
              {node || <span className="muted">—</span>}
              {pod ? <div className="muted mono">{pod}</div> : null}
            </>
          ),
        },
        { title: t('replica.cpu'), render: (_, replica) => use('cpu_millicores')(replica) },
        { title: t('replica.memory'), render: (_, replica) => use('memory_bytes')(replica) },
        { title: t('replica.since'), render: (_, replica) => <RelativeTime at={replica.created_at} /> },
        { title: t('replica.ready'), render: (_, replica) => <RelativeTime at={replica.ready_at} /> },
        ...(whole
          ? [
              {
                title: t('replica.ended'),
                render: (_: unknown, replica: Replica) => <RelativeTime at={replica.finished_at} />,
              },
            ]
          : []),
      ]}
    />
  );
}
