import { Button } from 'antd';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { chosen, type Found } from '../uploads/dropped';

export function UploadButtons({ onChosen }: { onChosen: (found: Found[]) => void }) {
  const { t } = useTranslation('buckets');
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  const take = (input: HTMLInputElement) => {
    if (input.files?.length) onChosen(chosen(input.files));
    // The same may be chosen again.
    input.value = '';
  };
  return (
    <>
      <input
        ref={files}
        type="file"
        multiple
        hidden
        aria-label={t('uploadFiles')}
        onChange={({ target }) => take(target)}
      />
      <input
        ref={folder}
        type="file"
        hidden
        aria-label={t('uploadFolder')}
        {...{ webkitdirectory: '' }}
        onChange={({ target }) => take(target)}
      />
      <Button onClick={() => folder.current?.click()}>{t('uploadFolder')}</Button>
      <Button type="primary" onClick={() => files.current?.click()}>
        {t('uploadFiles')}
      </Button>
    </>
  );
}
