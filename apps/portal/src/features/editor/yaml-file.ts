export { changeYaml, readYaml, readYamlOnly, textsOf, type YamlPath } from '#template-source';
