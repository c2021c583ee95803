import { CopyButton } from '@shared/components/CopyButton';
import { Flex } from 'antd';
import { useTranslation } from 'react-i18next';
import type { App } from '../api';
import { endOf } from '../model/snippets';

function Copyable({ address, shown = address }: { address: string; shown?: string }) {
  const { t } = useTranslation('apps');
  return (
    <Flex gap={4} align="center">
      <code className="mono" title={address} style={{ wordBreak: 'break-all' }}>
        {shown}
      </code>
      <CopyButton text={address} label={t('copyAddress')} />
    </Flex>
  );
}

/** Where it answers other pods of its cluster. */
export function InsideAddress({ address }: { address: string }) {
  const { t } = useTranslation('apps');
  return (
    <>
      <Copyable address={address} />
      <div className="muted">{t('insideHelp')}</div>
    </>
  );
}

/** Where an app answers; its end tells apps apart. */
export function Address({ app, short = false }: { app: App; short?: boolean }) {
  const { t } = useTranslation('apps');
  if (!app.address) return <span className="muted">{t(app.inside_address ? 'noWayIn' : 'noAddress')}</span>;
  return <Copyable address={app.address} {...(short && { shown: endOf(app.address) })} />;
}
