import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';

const NAME = 'Hanse';

/** A cog, the ship of the Hanse, and the name. */
export const LogoMark = ({ size = 22 }: { size?: number }) => (
  <svg viewBox="0 0 32 32" width={size} height={size} aria-hidden="true">
    <rect width="32" height="32" rx="6" fill="#9A3B26" />
    <path d="M7 21h18l-3 5H10zM15 5v14H8zM17.5 9v10H24z" fill="#fff" />
  </svg>
);

export function Logo() {
  const { t } = useTranslation('shell');
  return (
    <Link to="/" className="logo" aria-label={t('start.label')}>
      <LogoMark />
      <span>{NAME}</span>
    </Link>
  );
}
