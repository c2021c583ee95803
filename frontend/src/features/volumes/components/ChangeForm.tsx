import { FormModal } from '@shared/components/FormModal';
import { sizeRule } from '@shared/components/sizeRule';
import { formatBytes, parseBytes } from '@shared/lib/units';
import { Form, Input, Radio } from 'antd';
import { useTranslation } from 'react-i18next';
import { changeVolume, type Given, placesQuery, type VolumeDetail, volumeQuery, volumesKey } from '../api';
import { POLICIES } from './VolumeForm';

/** Resizes a volume, where its class lets it, and says what becomes of its files. */
export function ChangeForm({ volume, open, onClose }: { volume: VolumeDetail; open: boolean; onClose: () => void }) {
  const { t } = useTranslation('volumes');
  const project = volume.project_id;
  const written = formatBytes(volume.size_bytes);
  const help = volume.cluster_kind === 'local' ? 'resizeLocal' : volume.expandable ? 'resizeGrows' : 'resizeNot';
  return (
    <FormModal<{ size_bytes: string } & Pick<Given, 'reclaim_policy'>>
      open={open}
      title={t('changeNamed', { name: volume.name })}
      submit={t('save')}
      initial={{ size_bytes: written, reclaim_policy: volume.reclaim_policy }}
      act={({ size_bytes, reclaim_policy }) =>
        changeVolume(volume, {
          // What is written may be rounded: as it was, it is not touched.
          size_bytes: size_bytes === written ? volume.size_bytes : (parseBytes(size_bytes) ?? 0),
          reclaim_policy,
        })
      }
      done={t('changed')}
      changes={[volumesKey(project), volumeQuery(project, volume.id).queryKey, placesQuery(project).queryKey]}
      onClose={onClose}
    >
      <Form.Item name="size_bytes" label={t('size')} extra={t(help)} rules={[sizeRule(t('needsSize'))]}>
        <Input autoComplete="off" disabled={!volume.expandable} />
      </Form.Item>
      <Form.Item name="reclaim_policy" label={t('policy')}>
        <Radio.Group options={POLICIES.map((policy) => ({ value: policy, label: t(`policies.${policy}`) }))} />
      </Form.Item>
    </FormModal>
  );
}
