import { Problem } from '@shared/api/problem';
import { useKey } from '@shared/i18n/key';
import { type Said, useSaid } from '@shared/i18n/said';
import { Alert, Button, Flex } from 'antd';
import { useTranslation } from 'react-i18next';
import { CopyButton } from './CopyButton';

interface Props {
  error: unknown;
  retry?: () => void;
  /** For places with little room: without the list of fields and the copy button. */
  brief?: boolean;
}

/**
 * What went wrong, in a sentence; the request id for whoever is asked for help; what to do now.
 *
 * What a role does not allow is no failure: trying again changes nothing, somebody who gives roles does.
 */
export function ErrorPanel({ error, retry, brief = false }: Props) {
  const { t } = useTranslation();
  const key = useKey();
  const said = useSaid();
  const problem = error instanceof Problem ? error : null;
  const forbidden = problem?.code === 'permission-denied';
  const title = problem
    ? key(`shared:problems.${problem.code}`, {
        fallback: key(`said:problem-${problem.code}`, { fallback: problem.document.title }),
      })
    : t('problems.internal-error');
  const description = problem
    ? said(problem.document.said as Said[] | undefined, problem.document.detail ?? '')
    : error instanceof Error
      ? error.message
      : String(error);
  return (
    <Alert
      type={forbidden ? 'info' : 'error'}
      showIcon
      role="alert"
      title={title}
      description={
        <Flex vertical gap={8}>
          {description && description !== title ? <span>{description}</span> : null}
          {forbidden ? <span>{t('errorPage.forbidden.text')}</span> : null}
          {!brief && problem?.fields.length ? (
            <ul style={{ margin: 0, paddingInlineStart: 20 }}>
              {problem.fields.map((field) => (
                <li key={field.pointer + field.detail}>
                  {field.pointer ? <code className="mono">{field.pointer}</code> : null} {field.detail}
                </li>
              ))}
            </ul>
          ) : null}
          <Flex gap={8} align="center" wrap>
            {retry && !forbidden ? (
              <Button size="small" onClick={retry}>
                {t('retry')}
              </Button>
            ) : null}
            {problem && !brief && !forbidden ? (
              <CopyButton wordy text={problem.details} label={t('copyDetails')} />
            ) : null}
            {problem?.requestId ? (
              <span className="muted">
                {t('requestId')} <code className="mono">{problem.requestId}</code>
              </span>
            ) : null}
          </Flex>
        </Flex>
      }
    />
  );
}
