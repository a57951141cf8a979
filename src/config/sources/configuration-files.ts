/** The files of a folder that are its configuration, in the order in which they are read. */
export interface ConfigurationFiles {
  readonly primary: readonly string[];
  /** Each replaces what it sets. */
  readonly overrides: readonly string[];
}

/**
 * Which files of a folder Terraform and OpenTofu read. Where there are files of OpenTofu alone, it is OpenTofu that reads the
 * folder: a `.tofu` file goes before the `.tf` file of its name.
 *
 * @param names Of what is in the folder, not what is below that.
 * @see https://github.com/hashicorp/terraform/blob/main/internal/configs/parser_config_dir.go
 * @see https://opentofu.org/docs/language/files/#tofu-file-extension
 */
export function configurationFiles(names: readonly string[]): ConfigurationFiles {
  const read = names.filter((name) => EXTENSION.test(name) && !IGNORED.test(name));
  const beaten = new Set(read.filter((name) => TOFU.test(name)).map((name) => name.replace(TOFU, '.tf$1')));
  // The order of Go's strings, which is that of their bytes.
  const sorted = read
    .filter((name) => !beaten.has(name))
    .sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  return {
    primary: sorted.filter((name) => !OVERRIDE.test(name)),
    overrides: sorted.filter((name) => OVERRIDE.test(name)),
  };
}

const EXTENSION = /\.(?:tf|tofu)(?:\.json)?$/;
const TOFU = /\.tofu(\.json)?$/;
/** Hidden ones, and what editors leave. */
const IGNORED = /^\.|~$|^#.*#$/s;
const OVERRIDE = /^(?:override|.*_override)\.(?:tf|tofu)(?:\.json)?$/s;
