import { FormModal } from '@shared/components/FormModal';
import { Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { type Bucket, type Unpacking, unpack, unpackingsQuery } from '../api';

export const ARCHIVE = /\.(zip|tar|tar\.gz|tgz)$/i;

/** Asks where the files of an archive shall go. */
export function UnpackForm({ bucket, archive, onClose }: { bucket: Bucket; archive?: string; onClose: () => void }) {
  const { t } = useTranslation('buckets');
  return (
    <FormModal<{ folder?: string }, Unpacking>
      open={archive !== undefined}
      title={t('unpackNamed', { name: archive })}
      submit={t('unpack')}
      initial={{ folder: archive?.replace(ARCHIVE, '/') ?? '' }}
      act={({ folder = '' }) => unpack(bucket, archive ?? '', folder && !folder.endsWith('/') ? `${folder}/` : folder)}
      done={t('unpacking')}
      changes={[unpackingsQuery(bucket.project_id, bucket.id).queryKey]}
      onClose={onClose}
    >
      <Form.Item name="folder" label={t('into')} extra={t('unpackHelp')}>
        <Input autoComplete="off" spellCheck={false} autoFocus maxLength={900} />
      </Form.Item>
    </FormModal>
  );
}
