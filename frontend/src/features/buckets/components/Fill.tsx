import { ProgressBar } from '@shared/components/ProgressBar';
import { formatBytes } from '@shared/lib/units';
import { Flex } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Bucket } from '../api';

/** How full a bucket is, with both numbers. */
export function Fill({ bucket }: { bucket: Bucket }) {
  const { t, i18n } = useTranslation('buckets');
  const taken = bucket.used_bytes + bucket.kept_bytes;
  const used = formatBytes(taken, i18n.language);
  const quota = formatBytes(bucket.quota_bytes, i18n.language);
  return (
    <Flex gap={8} align="center">
      <ProgressBar
        share={Math.min(1, taken / bucket.quota_bytes)}
        label={t('filled', { name: bucket.name })}
        width={140}
        failed={taken > bucket.quota_bytes}
      />
      <span className="tabular muted">
        {t('usedOf', { used, quota })}
        {bucket.kept_bytes > 0 && ` · ${t('kept', { kept: formatBytes(bucket.kept_bytes, i18n.language) })}`}
      </span>
    </Flex>
  );
}
