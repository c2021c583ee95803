import { FormModal } from '@shared/components/FormModal';
import { Form, Input, InputNumber } from 'antd';
import { useTranslation } from 'react-i18next';
import { changeParty, describeParty, type Party, type PartyGiven, partyKey } from '../api';

/** Describes the tenant's party, or changes how it is reached. */
export function PartyForm({
  open,
  tenant,
  party,
  onClose,
}: {
  open: boolean;
  tenant: string;
  party: Party | null;
  onClose: () => void;
}) {
  const { t } = useTranslation('federation');
  const needed = [{ required: true, message: t('needs') }];
  const secret = party ? [] : needed;
  return (
    <FormModal<PartyGiven>
      open={open}
      title={party ? t('change') : t('describe')}
      submit={party ? t('change') : t('describe')}
      width={640}
      initial={
        party
          ? { name: party.name, contact: party.contact, web_url: party.web_url, service_url: party.service_url }
          : { web_url: 'https://', service_url: 'pulsar+ssl://' }
      }
      act={({ admin_token, signing_key, ...given }) => {
        const secrets = { ...(admin_token && { admin_token }), ...(signing_key && { signing_key }) };
        return party
          ? changeParty(party, { ...given, ...secrets })
          : describeParty(tenant, { ...given, admin_token, signing_key });
      }}
      done={party ? t('changed') : t('described')}
      changes={[partyKey(tenant)]}
      onClose={onClose}
    >
      {!party && (
        <Form.Item name="number" label={t('number')} extra={t('numberHelp')} rules={needed}>
          <InputNumber min={1000} max={999_999_999} precision={0} controls={false} style={{ width: 160 }} autoFocus />
        </Form.Item>
      )}
      <Form.Item name="name" label={t('name')} rules={needed}>
        <Input maxLength={150} autoComplete="off" />
      </Form.Item>
      <Form.Item name="contact" label={t('contact')} extra={t('contactHelp')} rules={needed}>
        <Input type="email" autoComplete="off" />
      </Form.Item>
      <Form.Item name="web_url" label={t('webUrl')} rules={needed}>
        <Input spellCheck={false} autoComplete="off" className="mono" />
      </Form.Item>
      <Form.Item name="service_url" label={t('serviceUrl')} rules={needed}>
        <Input spellCheck={false} autoComplete="off" className="mono" />
      </Form.Item>
      <Form.Item name="admin_token" label={t('adminToken')} rules={secret} {...(party && { extra: t('keptHelp') })}>
        <Input.Password autoComplete="new-password" spellCheck={false} />
      </Form.Item>
      <Form.Item
        name="signing_key"
        label={t('signingKey')}
        extra={party ? t('keptHelp') : t('signingKeyHelp')}
        rules={secret}
      >
        <Input.TextArea rows={4} spellCheck={false} autoComplete="off" className="mono" />
      </Form.Item>
    </FormModal>
  );
}
