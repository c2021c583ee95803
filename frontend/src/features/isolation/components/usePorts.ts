import { useTranslation } from 'react-i18next';
import type { Exception } from '../api';

/** Such as "TCP 443, 8000-8100". */
export function usePorts() {
  const { t } = useTranslation('isolation');
  return ({ protocol, ports }: Pick<Exception, 'protocol' | 'ports'>) =>
    `${protocol} ${ports.length > 0 ? ports.join(', ') : t('allPorts')}`;
}
