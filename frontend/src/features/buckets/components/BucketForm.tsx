import { FormModal } from '@shared/components/FormModal';
import { sizeRule } from '@shared/components/sizeRule';
import { formatBytes, parseBytes } from '@shared/lib/units';
import { Form, Input, InputNumber } from 'antd';
import { useTranslation } from 'react-i18next';
import { type BucketDetail, changeBucket, createBucket } from '../api';

interface Given {
  name: string;
  quota_bytes: string;
  expire_after_days?: number | null;
}

const typed = ({ quota_bytes, expire_after_days }: Given) => ({
  quota_bytes: parseBytes(quota_bytes) ?? 0,
  expire_after_days: expire_after_days ?? null,
});

/** Makes a bucket, or changes one. */
export function BucketForm({
  open,
  project,
  bucket,
  onClose,
}: {
  open: boolean;
  project: string;
  bucket?: BucketDetail;
  onClose: () => void;
}) {
  const { t } = useTranslation('buckets');
  return (
    <FormModal<Given>
      open={open}
      title={bucket ? t('change') : t('new')}
      submit={bucket ? t('save') : t('create')}
      initial={
        bucket
          ? { quota_bytes: formatBytes(bucket.quota_bytes), expire_after_days: bucket.expire_after_days }
          : { quota_bytes: '10 GiB' }
      }
      act={(given) =>
        bucket ? changeBucket(bucket, typed(given)) : createBucket(project, { name: given.name, ...typed(given) })
      }
      done={bucket ? t('changed') : t('created')}
      changes={[
        ['projects', project, 'buckets'],
        ['projects', project, 'bucket'],
      ]}
      onClose={onClose}
    >
      {!bucket && (
        <Form.Item
          name="name"
          label={t('name')}
          extra={t('nameHelp')}
          rules={[{ required: true, message: t('needsName') }]}
        >
          <Input autoComplete="off" spellCheck={false} autoFocus maxLength={40} />
        </Form.Item>
      )}
      <Form.Item name="quota_bytes" label={t('quota')} extra={t('quotaHelp')} rules={[sizeRule(t('needsQuota'))]}>
        <Input autoComplete="off" />
      </Form.Item>
      <Form.Item name="expire_after_days" label={t('expiry')} extra={t('expiryHelp')}>
        <InputNumber min={1} max={36500} precision={0} />
      </Form.Item>
    </FormModal>
  );
}
