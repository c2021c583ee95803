import { FileOutlined, FolderOutlined } from '@ant-design/icons';
import { Checkbox, Image } from 'antd';
import { useTranslation } from 'react-i18next';
import { type Listed, nameIn, withChosen } from './listed';

/** Pictures as pictures; they come from the store, only those that are on the screen. */
export function FileGrid({ folder, folders, files, chosen, onChoose, onOpen, acts }: Listed) {
  const { t } = useTranslation('buckets');
  return (
    <Image.PreviewGroup>
      <ul className="file-grid" aria-label={t('files')}>
        {folders.map((key) => (
          <li key={key}>
            <button type="button" className="file-tile" aria-label={nameIn(folder, key)} onClick={() => onOpen(key)}>
              <FolderOutlined aria-hidden />
            </button>
            <span>{nameIn(folder, key)}</span>
          </li>
        ))}
        {files.map(({ key, preview_url }) => {
          const name = nameIn(folder, key);
          return (
            <li key={key}>
              {preview_url ? (
                <Image src={preview_url} alt={name} loading="lazy" width={140} height={140} className="file-picture" />
              ) : (
                <button
                  type="button"
                  className="file-tile"
                  aria-label={t('downloadNamed', { name })}
                  onClick={() => acts.download(key)}
                >
                  <FileOutlined aria-hidden />
                </button>
              )}
              {onChoose ? (
                <Checkbox
                  checked={chosen.keys.includes(key)}
                  onChange={({ target }) => onChoose(withChosen(chosen, key, target.checked))}
                >
                  {name}
                </Checkbox>
              ) : (
                <span>{name}</span>
              )}
            </li>
          );
        })}
      </ul>
    </Image.PreviewGroup>
  );
}
