import { Flex, Input, Modal } from 'antd';
import { type ReactNode, useId, useState } from 'react';
import { Trans, useTranslation } from 'react-i18next';
import { ErrorPanel } from './ErrorPanel';

interface Props {
  open: boolean;
  title: string;
  /** What must be typed: the name of what goes. */
  word: string;
  /** Text of the button, such as "Remove tenant". */
  action: string;
  /** What will happen; name what dies. */
  children: ReactNode;
  pending?: boolean;
  error?: unknown;
  onConfirm: () => void;
  onCancel: () => void;
}

/** For acts that cannot be undone: shows what dies, and asks for its name. */
export function ConfirmByTyping({ open, title, word, action, children, pending, error, onConfirm, onCancel }: Props) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const field = useId();
  const agreed = typed.trim() === word;
  return (
    <Modal
      open={open}
      title={title}
      okText={action}
      okButtonProps={{ danger: true, disabled: !agreed, loading: Boolean(pending) }}
      onOk={onConfirm}
      onCancel={onCancel}
      afterClose={() => setTyped('')}
      destroyOnHidden
    >
      <Flex vertical gap={12}>
        {children}
        <label htmlFor={field}>
          <Trans t={t} i18nKey="typeToConfirm" values={{ word }} components={{ word: <code className="mono" /> }} />
        </label>
        <Input
          id={field}
          autoComplete="off"
          spellCheck={false}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          onPressEnter={() => agreed && onConfirm()}
        />
        {error ? <ErrorPanel error={error} /> : null}
      </Flex>
    </Modal>
  );
}
