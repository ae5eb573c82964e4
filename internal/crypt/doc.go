// Package crypt seals single fields of records, such as the secrets of second
// factors, so that a copy of the database alone does not tell them.
//
// It serves 个人信息保护法 article 51 (encryption of personal data) and
// GB/T 22239-2019 8.1.4.8 (confidentiality of stored data).
//
// Its words:
//
//   - A [Ring] is the keys of one platform, in a file in the data folder that
//     only its owner can read. The newest key seals, every key opens.
//   - A sealed field is an envelope: it names its algorithm and key, so keys and
//     algorithms can change while old fields stay readable. SM4-GCM (国密) and
//     AES-256-GCM are known.
//
// What always holds:
//
//   - A changed byte anywhere in the envelope makes Open fail.
//   - A field sealed for one place does not open in another, so sealed fields
//     cannot be swapped between rows.
//   - No error tells a key or any part of a plain field.
package crypt
