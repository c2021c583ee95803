import { Alert, Flex, Input, Modal } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { CopyButton } from './CopyButton';

interface Props {
  /** Nothing is shown while there is none. */
  secret: string | null;
  title: string;
  label: string;
  /** What to do with it now. */
  warning: string;
  /** Text of the only way out. */
  kept: string;
  onClose: () => void;
  children?: ReactNode;
}

/** A secret that the server tells once: it leaves the screen only when the person says that it is kept. */
export function SecretOnce({ secret, title, label, warning, kept, onClose, children }: Props) {
  const { t } = useTranslation();
  return (
    <Modal
      open={secret !== null}
      title={title}
      closable={false}
      mask={{ closable: false }}
      keyboard={false}
      okText={kept}
      cancelButtonProps={{ style: { display: 'none' } }}
      onOk={onClose}
    >
      <Alert type="warning" showIcon title={warning} style={{ marginBottom: 12 }} />
      <Flex gap={8} align="center">
        <Input.Password readOnly aria-label={label} value={secret ?? ''} className="mono" />
        <CopyButton wordy size="middle" text={secret ?? ''} label={t('copy')} />
      </Flex>
      {children}
    </Modal>
  );
}
