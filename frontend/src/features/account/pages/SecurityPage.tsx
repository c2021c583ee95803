import { PageHeader } from '@shared/components/PageHeader';
import { useSession } from '@shared/session/session';
import { useTranslation } from 'react-i18next';
import { PasswordForm } from '../components/PasswordForm';
import { Factors } from '../security/Factors';
import { Sessions } from '../security/Sessions';
import '../security/words';

export function SecurityPage() {
  const { t } = useTranslation('security');
  const { user } = useSession();
  return (
    <div className="page" style={{ maxWidth: 960 }}>
      <PageHeader title={t('title')} facts={t('text')} api={{ method: 'GET', path: '/me/sessions/' }} />
      <Factors />
      <Sessions />
      <PasswordForm temporary={user.password_is_temporary} />
    </div>
  );
}
