import { isProblem } from '@shared/api/problem';
import { Link } from '@tanstack/react-router';
import { Button, Flex } from 'antd';
import { useTranslation } from 'react-i18next';
import { ErrorPanel } from './ErrorPanel';

interface Props {
  /** Without one: there is no such page. */
  error?: unknown;
  retry?: () => void;
  /** What the page is for is known to be more than the reader may. */
  forbidden?: boolean;
}

/** A whole page that could not be: not there, not allowed, or broken. */
export function ErrorPage({ error, retry, forbidden }: Props) {
  const { t } = useTranslation();
  const kind =
    forbidden || isProblem(error, 'permission-denied')
      ? 'forbidden'
      : error === undefined || isProblem(error, 'not-found', 'not-visible')
        ? 'notFound'
        : 'broken';
  return (
    <div className="page" style={{ maxWidth: 720 }}>
      <h1>{t(`errorPage.${kind}.title`)}</h1>
      <p className="muted">{t(`errorPage.${kind}.text`)}</p>
      {kind === 'broken' ? <ErrorPanel error={error} {...(retry ? { retry } : {})} /> : null}
      <Flex gap={8} style={{ marginTop: 16 }}>
        <Link to="/">
          <Button type="primary">{t('errorPage.home')}</Button>
        </Link>
      </Flex>
    </div>
  );
}
