import { ProgressBar } from '@shared/components/ProgressBar';
import { formatBytes } from '@shared/lib/units';
import { Flex } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Bucket } from '../api';

/** How full a bucket is, with both numbers. */
export function Fill({ bucket }: { bucket: Bucket }) {
  const { t, i18n } = useTranslation('buckets');
  const used = formatBytes(bucket.used_bytes, i18n.language);
  const quota = formatBytes(bucket.quota_bytes, i18n.language);
  return (
    <Flex gap={8} align="center">
      <ProgressBar
        share={Math.min(1, bucket.used_bytes / bucket.quota_bytes)}
        label={t('filled', { name: bucket.name })}
        width={140}
        failed={bucket.used_bytes > bucket.quota_bytes}
      />
      <span className="tabular muted">{t('usedOf', { used, quota })}</span>
    </Flex>
  );
}
