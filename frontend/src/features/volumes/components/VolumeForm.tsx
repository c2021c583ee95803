import { FormModal } from '@shared/components/FormModal';
import { sizeRule } from '@shared/components/sizeRule';
import { parseBytes } from '@shared/lib/units';
import { useQuery } from '@tanstack/react-query';
import { Form, Input, Radio, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { createVolume, type Given, placesQuery, volumesKey } from '../api';

const MODES = ['ReadWriteOnce', 'ReadWriteMany', 'ReadOnlyMany', 'ReadWriteOncePod'] as const;
export const POLICIES = ['Delete', 'Retain'] as const;

type Typed = Omit<Given, 'size_bytes'> & { size_bytes: string };

/** Has a volume made: where, how large, and of which of that cluster's classes. */
export function VolumeForm({ open, project, onClose }: { open: boolean; project: string; onClose: () => void }) {
  const { t } = useTranslation('volumes');
  const { data } = useQuery({ ...placesQuery(project), enabled: open });
  const places = data?.places ?? [];
  const first = places[0];
  if (open && !data) return null;
  return (
    <FormModal<Typed>
      open={open}
      title={t('new')}
      submit={t('create')}
      initial={{
        ...(first ? { cluster: first.cluster } : {}),
        size_bytes: '10 GiB',
        access_mode: 'ReadWriteOnce',
        storage_class: '',
        reclaim_policy: 'Delete',
      }}
      act={({ size_bytes, storage_class = '', ...given }) =>
        createVolume(project, { ...given, storage_class, size_bytes: parseBytes(size_bytes) ?? 0 })
      }
      done={t('created')}
      changes={[volumesKey(project), placesQuery(project).queryKey]}
      onClose={onClose}
    >
      {(form) => (
        <>
          <Form.Item
            name="name"
            label={t('name')}
            extra={t('nameHelp')}
            rules={[{ required: true, message: t('needsName') }]}
          >
            <Input autoComplete="off" spellCheck={false} autoFocus maxLength={40} />
          </Form.Item>
          <Form.Item
            name="cluster"
            label={t('cluster')}
            extra={places.length ? t('clusterHelp') : t('noCluster')}
            rules={[{ required: true, message: t('needsCluster') }]}
          >
            <Select
              options={places.map(({ cluster, name }) => ({ value: cluster, label: `${name} (${cluster})` }))}
              onChange={() => form.setFieldValue('storage_class', '')}
            />
          </Form.Item>
          <Form.Item name="size_bytes" label={t('size')} extra={t('sizeHelp')} rules={[sizeRule(t('needsSize'))]}>
            <Input autoComplete="off" />
          </Form.Item>
          <Form.Item noStyle shouldUpdate={(before: Typed, now: Typed) => before.cluster !== now.cluster}>
            {({ getFieldValue }) => {
              const place = places.find(({ cluster }) => cluster === getFieldValue('cluster'));
              if (!place || place.kind === 'local') return <p className="muted">{t('directory')}</p>;
              return (
                <Form.Item name="storage_class" label={t('class')} extra={t('classHelp')}>
                  <Select
                    options={[
                      { value: '', label: t('classOfCluster') },
                      ...place.storage_classes.map((one) => ({
                        value: one.name,
                        label: [one.name, one.default && t('isDefault'), one.expandable ? t('grows') : t('growsNot')]
                          .filter(Boolean)
                          .join(' · '),
                      })),
                    ]}
                  />
                </Form.Item>
              );
            }}
          </Form.Item>
          <Form.Item name="access_mode" label={t('mode')} extra={t('modeHelp')}>
            <Select options={MODES.map((mode) => ({ value: mode, label: t(`modes.${mode}`) }))} />
          </Form.Item>
          <Form.Item name="reclaim_policy" label={t('policy')}>
            <Radio.Group options={POLICIES.map((policy) => ({ value: policy, label: t(`policies.${policy}`) }))} />
          </Form.Item>
        </>
      )}
    </FormModal>
  );
}
