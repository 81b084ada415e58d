//! Numbers that carry their own proof: registers, accounts. Whether a number was ever given out is not known here.

use crate::vocab::countries;

/// Whether the digits of a number fit together as its register wants; `None` for a register whose numbers prove nothing.
pub(super) fn fit(register: &str, number: &str) -> Option<bool> {
    let digits = digits(number);
    let of = |length: usize| Some(digits.clone()).filter(|digits| digits.len() == length);
    Some(match register {
        "cuit" => of(11).is_some_and(|digits| cuit(&digits)),
        "cnpj" => cnpj(number),
        "gln" => of(13).is_some_and(|digits| gs1(&digits)),
        "siren" => of(9).is_some_and(|digits| luhn(&digits)),
        "siret" => of(14).is_some_and(|digits| luhn(&digits) || is_of_la_poste(&digits)),
        "lei" => number.len() == 20 && mod_97(number.chars()) == Some(1),
        "rut" => rut(number),
        _ => return None,
    })
}

/// The digits of a number, without what is put between them.
fn digits(number: &str) -> Vec<u32> {
    bare(number).map(|c| c.to_digit(10)).collect::<Option<Vec<u32>>>().unwrap_or_default()
}

/// The signs of a number, without what is put between them.
fn bare(number: &str) -> impl Iterator<Item = char> {
    number.chars().filter(|c| !matches!(c, '-' | '.' | ' ' | '/'))
}

fn weighted(digits: &[u32], weights: &[u32]) -> u32 {
    digits.iter().zip(weights.iter().cycle()).map(|(digit, weight)| digit * weight).sum()
}

/// Argentina: weights 5 4 3 2 7 6 5 4 3 2, modulo 11.
fn cuit(digits: &[u32]) -> bool {
    weighted(digits, &[5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1]).is_multiple_of(11)
}

/// Brazil: two check digits, each modulo 11; a rest below two gives zero. Since July 2026 the signs before them may be
/// letters, which count by their place in ASCII as digits do.
fn cnpj(number: &str) -> bool {
    let value = |c: char| c.is_ascii_alphanumeric().then(|| u32::from(c.to_ascii_uppercase()) - u32::from('0'));
    let signs: Vec<u32> = bare(number).map(value).collect::<Option<_>>().unwrap_or_default();
    let check = |weights: &[u32]| match weighted(&signs, weights) % 11 {
        0 | 1 => 0,
        rest => 11 - rest,
    };
    let first = check(&[5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2, 0, 0]);
    let second = check(&[6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2, 0]);
    signs.len() == 14 && signs.ends_with(&[first, second])
}

/// GS1: weights 1 and 3 from the right.
fn gs1(digits: &[u32]) -> bool {
    let reversed: Vec<u32> = digits.iter().rev().copied().collect();
    weighted(&reversed, &[1, 3]).is_multiple_of(10)
}

/// France: every second digit from the right counts double, by the sum of its digits.
fn luhn(digits: &[u32]) -> bool {
    let doubled = |(index, digit): (usize, &u32)| match (index % 2, digit * 2) {
        (0, _) => *digit,
        (_, twice) => twice / 10 + twice % 10,
    };
    digits.iter().rev().enumerate().map(doubled).sum::<u32>().is_multiple_of(10)
}

/// The post of France has more places than its numbers could prove, and gives them by another rule: the digits add up to a
/// multiple of five.
fn is_of_la_poste(digits: &[u32]) -> bool {
    digits.starts_with(&[3, 5, 6, 0, 0, 0, 0, 0, 0]) && digits.iter().sum::<u32>().is_multiple_of(5)
}

/// Chile: weights 2 to 7 from the right, modulo 11; ten is `K`.
fn rut(number: &str) -> bool {
    let bare: String = number.chars().filter(|c| !matches!(c, '-' | '.' | ' ')).collect();
    let Some(check) = bare.chars().next_back() else { return false };
    let mut body = digits(bare.strip_suffix(check).unwrap_or_default());
    if !(7..=8).contains(&body.len()) {
        return false;
    }
    body.reverse();
    match 11 - weighted(&body, &[2, 3, 4, 5, 6, 7]) % 11 {
        11 => check == '0',
        10 => check.eq_ignore_ascii_case(&'k'),
        digit => check.to_digit(10) == Some(digit),
    }
}

/// ISO 7064: letters count from ten.
fn mod_97(signs: impl Iterator<Item = char>) -> Option<u32> {
    let mut rest = 0;
    for sign in signs {
        let value = sign.to_digit(36).filter(|_| !sign.is_ascii_lowercase())?;
        rest = (rest * if value < 10 { 10 } else { 100 } + value) % 97;
    }
    Some(rest)
}

/// Whether a text without spaces is an account number as of ISO 13616.
pub(super) fn is_iban(text: &str) -> bool {
    let Some((head, body)) = text.split_at_checked(4).filter(|_| (15..=34).contains(&text.len())) else { return false };
    let (country, check) = head.split_at(2);
    let headed = countries::codes().any(|code| code == country) && check.bytes().all(|b| b.is_ascii_digit());
    headed && mod_97(body.chars().chain(head.chars())) == Some(1)
}

/// Whether 22 digits are an account number of Argentina: two blocks, each with its check digit.
pub(super) fn is_cbu(text: &str) -> bool {
    let digits = digits(text);
    let proves = |block: &[u32], weights: &[u32]| weighted(block, weights).is_multiple_of(10);
    digits.len() == 22
        && digits.iter().any(|digit| *digit != 0)
        && digits.split_at_checked(8).is_some_and(|(bank, account)| {
            proves(bank, &[7, 1, 3, 9, 7, 1, 3, 1]) && proves(account, &[3, 9, 7, 1, 3, 9, 7, 1, 3, 9, 7, 1, 3, 1])
        })
}

#[cfg(test)]
mod tests {
    use super::{fit, is_cbu, is_iban};

    #[test]
    fn a_number_proves_itself_or_does_not() {
        for (register, right, wrong) in [
            ("cuit", "30-00000003-1", "30-00000003-2"),
            ("cnpj", "11.222.333/0001-81", "11.222.333/0001-18"),
            ("cnpj", "12.ABC.345/01DE-35", "12.ABD.345/01DE-35"),
            ("cnpj", "44038188000132", "4403818800013"),
            ("gln", "4006381333931", "4006381333932"),
            ("siren", "732 829 320", "732 829 321"),
            ("siret", "732 829 320 00074", "732 829 320 00047"),
            ("siret", "356 000 000 00048", "356 000 000 00049"),
            ("siret", "356 000 000 09075", "732 829 320 00075"),
            ("lei", "5493001KJTIIGC8Y1R12", "5493001KJTIIGC8Y1R21"),
            ("rut", "12.345.678-5", "12.345.678-6"),
        ] {
            assert_eq!((fit(register, right), fit(register, wrong)), (Some(true), Some(false)), "{register}");
            assert_eq!(fit(register, "x"), Some(false), "{register}");
        }
        assert_eq!(fit("rut", "10000013-K"), Some(true));
        assert_eq!(fit("ein", "00-1000005"), None);
    }

    #[test]
    fn accounts_are_known_by_their_digits() {
        assert!(is_iban("GB82WEST12345698765432") && is_iban("DE89370400440532013000"));
        assert!(!is_iban("GB82WEST12345698765423") && !is_iban("GB82") && !is_iban("gb82west12345698765432"));
        assert!(
            is_cbu("2850590940090418135201") && !is_cbu("2850590940090418135202") && !is_cbu("0000000000000000000000")
        );
    }
}
