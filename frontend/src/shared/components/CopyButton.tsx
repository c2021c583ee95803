import { CheckOutlined, CopyOutlined } from '@ant-design/icons';
import { Button, type ButtonProps } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

interface Props extends Omit<ButtonProps, 'onClick' | 'icon'> {
  text: string;
  /** What is copied, for those who do not see the icon; also the button's text when `wordy`. */
  label?: string;
  wordy?: boolean;
}

/** Puts a text on the clipboard and says that it did. */
export function CopyButton({ text, label, wordy = false, ...rest }: Props) {
  const { t } = useTranslation();
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 2000);
    return () => clearTimeout(timer);
  }, [copied]);
  const words = copied ? t('copied') : (label ?? t('copy'));
  return (
    <Button
      size="small"
      type={wordy ? 'default' : 'text'}
      {...rest}
      aria-label={words}
      title={words}
      icon={copied ? <CheckOutlined /> : <CopyOutlined />}
      onClick={() => void copy(text).then(setCopied)}
    >
      {wordy ? words : null}
    </Button>
  );
}

/** Browsers keep the clipboard from plain-HTTP origins; there a selection is copied the old way. */
async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = Object.assign(document.createElement('textarea'), { value: text });
    document.body.append(area);
    area.select();
    const done = document.execCommand('copy');
    area.remove();
    return done;
  }
}
