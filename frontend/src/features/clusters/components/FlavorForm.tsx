import type { Cluster, Flavor } from '@shared/api/clusters';
import { etagOf, http } from '@shared/api/http';
import { AmountInput } from '@shared/components/AmountInput';
import { FormModal } from '@shared/components/FormModal';
import { Form, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';

const KINDS = ['cpu', 'gpu', 'fpga', 'rdma'] as const;

interface Given {
  name: string;
  kind: string;
  description: string;
  model: string;
  unit_memory_bytes: number | null;
  device_resource: string;
  labels: { key: string; value: string }[];
}

const bodyOf = ({ labels, ...given }: Given, isNew: boolean) => {
  const { name, kind, ...changeable } = given;
  return {
    ...(isNew ? { name, kind } : {}),
    ...changeable,
    node_labels: Object.fromEntries((labels ?? []).map(({ key, value }) => [key, value ?? ''])),
  };
};

interface Props {
  cluster: Cluster;
  /** Null: a new one. */
  flavor: Flavor | null;
  onClose: () => void;
}

export function FlavorForm({ cluster, flavor, onClose }: Props) {
  const { t } = useTranslation('clusters');
  const { t: shared } = useTranslation();
  const initial: Partial<Given> = flavor
    ? { ...flavor, labels: Object.entries(flavor.node_labels).map(([key, value]) => ({ key, value })) }
    : { kind: 'gpu', description: '', model: '', unit_memory_bytes: null, device_resource: '', labels: [] };
  return (
    <FormModal<Given>
      open
      width={600}
      title={flavor ? t('editFlavor', { name: flavor.name }) : t('addFlavor')}
      submit={flavor ? shared('save') : t('addFlavor')}
      initial={initial}
      act={(given) =>
        flavor
          ? http.patch(`/flavors/${flavor.id}/`, bodyOf(given, false), { etag: etagOf(flavor) })
          : http.post(`/clusters/${cluster.id}/flavors/`, bodyOf(given, true))
      }
      done={shared('saved')}
      changes={[['clusters', cluster.id, 'flavors']]}
      onClose={onClose}
    >
      <Form.Item name="name" label={shared('name')} extra={t('flavorNameHelp')} rules={[{ required: true, max: 40 }]}>
        <Input autoComplete="off" spellCheck={false} disabled={flavor !== null} />
      </Form.Item>
      <Form.Item name="kind" label={t('flavorKind')} rules={[{ required: true }]}>
        <Select
          disabled={flavor !== null}
          options={KINDS.map((kind) => ({ value: kind, label: t(`flavorKinds.${kind}`) }))}
        />
      </Form.Item>
      <Form.Item name="model" label={t('model')} extra={t('modelHelp')}>
        <Input autoComplete="off" />
      </Form.Item>
      <Form.Item name="unit_memory_bytes" label={t('unitMemory')} extra={t('unitMemoryHelp')}>
        <AmountInput resource="memory" label={t('unitMemory')} />
      </Form.Item>
      <Form.Item name="device_resource" label={t('deviceResource')} extra={t('deviceResourceHelp')}>
        <Input autoComplete="off" spellCheck={false} />
      </Form.Item>
      <Form.Item name="description" label={shared('description')}>
        <Input autoComplete="off" />
      </Form.Item>
      <LabelsField />
    </FormModal>
  );
}

function LabelsField() {
  const { t } = useTranslation('clusters');
  const { t: shared } = useTranslation();
  return (
    <Form.Item label={t('nodeLabels')} extra={t('nodeLabelsHelp')}>
      <Form.List name="labels">
        {(fields, { add, remove }) => (
          <>
            {fields.map(({ key, name }) => (
              <Form.Item key={key} style={{ marginBottom: 8 }}>
                <span style={{ display: 'flex', gap: 8 }}>
                  <Form.Item name={[name, 'key']} noStyle rules={[{ required: true }]}>
                    <Input aria-label={t('labelName')} placeholder={t('labelName')} />
                  </Form.Item>
                  <Form.Item name={[name, 'value']} noStyle>
                    <Input aria-label={t('labelValue')} placeholder={t('labelValue')} />
                  </Form.Item>
                  <button type="button" className="link" onClick={() => remove(name)}>
                    {shared('remove')}
                  </button>
                </span>
              </Form.Item>
            ))}
            <button type="button" className="link" onClick={() => add()}>
              {t('addLabel')}
            </button>
          </>
        )}
      </Form.List>
    </Form.Item>
  );
}
