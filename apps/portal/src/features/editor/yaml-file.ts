export { changeYaml, readYaml, readYamlOnly, textsOf, type YamlFile, type YamlPath } from '#template-source';
