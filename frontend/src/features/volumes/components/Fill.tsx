import { ProgressBar } from '@shared/components/ProgressBar';
import { formatBytes } from '@shared/lib/units';
import { Flex } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Volume } from '../api';

const NEARLY_FULL = 0.95;

/** How full a volume is, with both numbers; what nobody measures is unknown, and no bar. */
export function Fill({ volume }: { volume: Volume }) {
  const { t, i18n } = useTranslation('volumes');
  const size = formatBytes(volume.size_bytes, i18n.language);
  if (volume.used_bytes === null) return <span className="muted">{t('unknownOf', { size })}</span>;
  const share = volume.used_bytes / volume.size_bytes;
  return (
    <Flex gap={8} align="center">
      <ProgressBar
        share={Math.min(1, share)}
        label={t('filled', { name: volume.name })}
        width={140}
        failed={share >= NEARLY_FULL}
      />
      <span className="tabular muted">
        {t('usedOf', { used: formatBytes(volume.used_bytes, i18n.language), size })}
      </span>
    </Flex>
  );
}
