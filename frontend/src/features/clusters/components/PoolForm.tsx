import type { Cluster } from '@shared/api/clusters';
import { etagOf, http } from '@shared/api/http';
import { tenantsQuery } from '@shared/api/tenants';
import { FormModal } from '@shared/components/FormModal';
import { useQuery } from '@tanstack/react-query';
import { Form, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { type NodePool, nodesQuery } from '../api';

interface Given {
  name: string;
  description: string;
  node_names: string[];
  labels: string;
  tenants: string[];
}

const MOST = { limit: 500 };

/** `gpu=a100, zone=north` as labels; null when it cannot be read so. */
export function labelsOf(text: string): Record<string, string> | null {
  const parts = text.split(',').map((part) => part.trim());
  const pairs = parts.filter(Boolean).map((part) => part.split('='));
  return pairs.every((pair) => pair.length === 2 && pair[0]?.trim())
    ? Object.fromEntries(pairs.map(([name = '', value = '']) => [name.trim(), value.trim()]))
    : null;
}

interface Props {
  cluster: Cluster;
  /** Null: a new one. */
  pool: NodePool | null;
  onClose: () => void;
}

export function PoolForm({ cluster, pool, onClose }: Props) {
  const { t } = useTranslation('clusters');
  const { t: shared } = useTranslation();
  const { data: nodes } = useQuery(nodesQuery(cluster.id, MOST));
  const { data: tenants } = useQuery({ ...tenantsQuery(MOST), enabled: pool === null });
  const labels = Object.entries(pool?.node_labels ?? {}).map(([name, value]) => `${name}=${value}`);
  const path = `/clusters/${cluster.id}/node-pools/`;
  return (
    <FormModal<Given>
      open
      width={600}
      title={pool ? t('editPool', { name: pool.name }) : t('addPool')}
      submit={pool ? shared('save') : t('addPool')}
      initial={{
        name: pool?.name ?? '',
        description: pool?.description ?? '',
        node_names: pool?.node_names ?? [],
        labels: labels.join(', '),
        tenants: [],
      }}
      act={({ labels: text, name, tenants: chosen, ...changeable }) => {
        const body = { ...changeable, node_labels: labelsOf(text) ?? {} };
        return pool
          ? http.patch(`${path}${pool.id}/`, body, { etag: etagOf(pool) })
          : http.post(path, { ...body, name, tenants: chosen });
      }}
      done={t('poolAdded')}
      changes={[['clusters', cluster.id]]}
      onClose={onClose}
    >
      <Form.Item name="name" label={shared('name')} rules={[{ required: true, max: 20 }]}>
        <Input autoComplete="off" spellCheck={false} disabled={pool !== null} />
      </Form.Item>
      <Form.Item name="node_names" label={t('poolNodes')} extra={t('poolNodesHelp')}>
        <Select mode="multiple" options={(nodes?.results ?? []).map(({ name }) => ({ value: name, label: name }))} />
      </Form.Item>
      <Form.Item
        name="labels"
        label={t('poolLabels')}
        extra={t('poolLabelsHelp')}
        rules={[
          {
            validator: (_, text: string) =>
              labelsOf(text) ? Promise.resolve() : Promise.reject(new Error(t('poolLabelsWrong'))),
          },
        ]}
      >
        <Input autoComplete="off" spellCheck={false} />
      </Form.Item>
      {pool ? null : (
        <Form.Item name="tenants" label={t('poolTenants')} extra={t('poolTenantsHelp')}>
          <Select
            mode="multiple"
            optionFilterProp="label"
            options={(tenants?.results ?? []).map(({ slug, name }) => ({ value: slug, label: name }))}
          />
        </Form.Item>
      )}
      <Form.Item name="description" label={shared('description')}>
        <Input autoComplete="off" />
      </Form.Item>
    </FormModal>
  );
}
