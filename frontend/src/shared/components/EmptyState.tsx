import { Flex } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { CopyButton } from './CopyButton';

interface Props {
  title: string;
  /** What this is for, in one or two sentences. */
  children: ReactNode;
  /** One button. */
  action?: ReactNode;
  /** One command line that does the same. */
  command?: string;
}

/** An empty page teaches: what this is for, one button, one command line. */
export function EmptyState({ title, children, action, command }: Props) {
  const { t } = useTranslation();
  return (
    <Flex vertical align="center" gap={12} className="empty-state">
      <Harbour />
      <h2>{title}</h2>
      <p className="muted">{children}</p>
      {action}
      {command ? (
        <Flex gap={4} align="center" justify="center" wrap style={{ maxWidth: '100%' }}>
          <span className="muted">{t('orByCommand')}</span>
          <code className="mono command-line">{command}</code>
          <CopyButton text={command} label={t('copyCommand')} />
        </Flex>
      ) : null}
    </Flex>
  );
}

const Harbour = () => (
  <svg
    viewBox="0 0 96 56"
    width="96"
    height="56"
    aria-hidden="true"
    fill="none"
    stroke="var(--hanse-brand)"
    strokeWidth="2"
  >
    <path d="M4 46c6 0 6 4 12 4s6-4 12-4 6 4 12 4 6-4 12-4 6 4 12 4 6-4 12-4 6 4 12 4" strokeOpacity="0.5" />
    <path d="M18 40h58l-8 8M18 40l6 8M46 6v30M46 8L26 34h20M50 14l18 20H50" strokeLinejoin="round" />
  </svg>
);
