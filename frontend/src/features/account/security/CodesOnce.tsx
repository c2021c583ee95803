import { CopyButton } from '@shared/components/CopyButton';
import { downloadText } from '@shared/lib/download';
import { Alert, Button, Flex, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import './words';

/** Recovery codes, shown once: they leave the screen only when the person says that they are kept. */
export function CodesOnce({ codes, onClose }: { codes: readonly string[]; onClose: () => void }) {
  const { t } = useTranslation('security');
  const { t: shared } = useTranslation();
  const text = `${codes.join('\n')}\n`;
  return (
    <Modal
      open
      title={t('codes.title')}
      closable={false}
      mask={{ closable: false }}
      keyboard={false}
      okText={t('codes.kept')}
      cancelButtonProps={{ style: { display: 'none' } }}
      onOk={onClose}
    >
      <Alert type="warning" showIcon title={t('codes.once')} style={{ marginBottom: 12 }} />
      <ul aria-label={t('codes.list')} className="mono recovery-codes">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <Flex gap={8}>
        <CopyButton wordy size="middle" text={text} label={shared('copy')} />
        <Button onClick={() => downloadText('hanse-recovery-codes.txt', text)}>{t('codes.download')}</Button>
      </Flex>
    </Modal>
  );
}
