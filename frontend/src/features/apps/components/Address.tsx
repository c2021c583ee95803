import { CopyButton } from '@shared/components/CopyButton';
import { Flex } from 'antd';
import { useTranslation } from 'react-i18next';
import type { App } from '../api';

/** Where it answers other pods of its cluster. */
export function InsideAddress({ address }: { address: string }) {
  const { t } = useTranslation('apps');
  return (
    <>
      <Flex gap={4} align="center">
        <code className="mono" style={{ wordBreak: 'break-all' }}>
          {address}
        </code>
        <CopyButton text={address} label={t('copyAddress')} />
      </Flex>
      <div className="muted">{t('insideHelp')}</div>
    </>
  );
}

/** Where an app answers; its end tells apps apart. */
export function Address({ app, short = false }: { app: App; short?: boolean }) {
  const { t } = useTranslation('apps');
  if (!app.address) return <span className="muted">{t(app.inside_address ? 'noWayIn' : 'noAddress')}</span>;
  return (
    <Flex gap={4} align="center">
      <code className="mono" title={app.address} style={{ wordBreak: 'break-all' }}>
        {short ? new URL(app.address).pathname : app.address}
      </code>
      <CopyButton text={app.address} label={t('copyAddress')} />
    </Flex>
  );
}
