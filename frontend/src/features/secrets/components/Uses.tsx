import { StatusTag } from '@shared/components/StatusTag';
import { useProject } from '@shared/session/place';
import { Link } from '@tanstack/react-router';
import { Flex } from 'antd';
import { useTranslation } from 'react-i18next';
import type { SecretUses } from '../api';

const WORDS = { job: 'useJob', template: 'useTemplate', app: 'useApp' } as const;

/** Jobs that are not over, templates and apps that name a secret. */
export function Uses({ uses }: { uses: SecretUses }) {
  const { t } = useTranslation('secrets');
  const { tenant, project } = useProject();
  const where = { tenant: tenant.slug, project: project.slug };
  return (
    <ul style={{ margin: 0, paddingInlineStart: 20 }}>
      {uses.uses.map((use) => (
        <li key={use.id}>
          <Flex gap={8} align="center" wrap>
            <span className="muted">{t(WORDS[use.kind as keyof typeof WORDS])}</span>
            {use.kind === 'app' ? (
              <Link to="/t/$tenant/p/$project/apps/$app" params={{ ...where, app: use.id }}>
                {use.name}
              </Link>
            ) : null}
            {use.kind === 'job' ? (
              <Link to="/t/$tenant/p/$project/jobs/$job" params={{ ...where, job: use.id }}>
                {use.name}
              </Link>
            ) : null}
            {use.kind === 'template' ? (
              <Link to="/t/$tenant/p/$project/templates" params={where}>
                {use.name}
              </Link>
            ) : null}
            {use.phase ? <StatusTag status={use.phase} /> : null}
            {use.secret_version ? (
              <span className="muted">{t('givenVersion', { version: use.secret_version })}</span>
            ) : null}
          </Flex>
        </li>
      ))}
      {uses.more && <li className="muted">{t('moreUses')}</li>}
    </ul>
  );
}
