import { expect, test } from '@jest/globals';
import { configurationFiles } from '../../../src/config/sources/configuration-files.js';

test('the files of Terraform are read, in the order of their bytes', () => {
  expect(
    configurationFiles(['b.tf', 'a.tf.json', 'Z.tf', '.a.tf', 'a.tf~', '#a.tf#', 'a.tfvars', 'tf', 'x.TF']),
  ).toEqual({
    primary: ['Z.tf', 'a.tf.json', 'b.tf'],
    overrides: [],
  });
});

test('overrides are those of their name alone', () => {
  expect(
    configurationFiles([
      'override.tf',
      'a_override.tf.json',
      'my-override.tf',
      'override.x.tf',
      'b_override.tofu',
    ]),
  ).toEqual({
    primary: ['my-override.tf', 'override.x.tf'],
    overrides: ['a_override.tf.json', 'b_override.tofu', 'override.tf'],
  });
});

test('a file of OpenTofu goes before the file of its name, and beside all others', () => {
  expect(
    configurationFiles(['a.tf', 'a.tofu', 'b.tf.json', 'b.tofu.json', 'c.tf', 'd.tofu', 'a.tf.json']),
  ).toEqual({
    primary: ['a.tf.json', 'a.tofu', 'b.tofu.json', 'c.tf', 'd.tofu'],
    overrides: [],
  });
});

test('a line feed in a name makes it no other', () => {
  expect(configurationFiles(['a\nb_override.tf', '#a\nb.tf#', 'a\nb.tf'])).toEqual({
    primary: ['a\nb.tf'],
    overrides: ['a\nb_override.tf'],
  });
});
