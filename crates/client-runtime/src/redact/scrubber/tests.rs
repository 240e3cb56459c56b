use super::*;

fn scrub(secrets: &[&str], text: &str) -> String {
    let secrets: Vec<_> = secrets.iter().map(|secret| Secret::new(*secret)).collect();
    Scrubber::new(secrets.iter()).scrub(text)
}

#[test]
fn own_secrets_go_however_they_are_quoted() {
    let secret = "p&a'ç<\"/1 \\𝄞";
    for quoted in [
        "p&a'ç<\"/1 \\𝄞",
        "p%26a%27%C3%A7%3C%22%2F1%20%5C%F0%9D%84%9E",
        "p%26a'%c3%a7%3c%22%2f1+%5c%f0%9d%84%9e",
        "p%2526a%2527%25C3%25A7%253C%2522%252F1%2520%255C%25F0%259D%2584%259E",
        r#"p&a'ç<\"/1 \\𝄞"#,
        r"p\u0026a\u0027\u00e7\u003c\u0022\/1 \\\ud834\udd1e",
        r#"p&a'\u00E7<\"\/1 \\\uD834\uDD1E"#,
        r#"p&a\'ç<\"/1 \\\u{1d11e}"#,
        r#"p&a'\\u00e7<\\\"\\/1 \\\\\\ud834\\udd1e"#,
        "p&amp;a&#039;ç&lt;&quot;/1 \\𝄞",
        "p&amp;a&#39;&#xE7;&lt;&#34;&#x2F;1 \\&#119070;",
        "p&#38;a&apos;ç&lt;&amp;quot;/1 \\𝄞",
    ] {
        assert_eq!(scrub(&[secret], &format!("id is <{quoted}> here")), "id is <***> here", "{quoted}");
    }
    assert_eq!(scrub(&["abcdef", "abcdefghi", ""], "abcdefghi abcdef"), "*** ***", "the longest first");
    assert_eq!(scrub(&["abc"], "nothing here"), "nothing here");
}

#[test]
fn the_start_of_an_own_secret_goes_where_it_was_cut() {
    let secret = "9f86d081884c7d659a2feaa0c55ad015";
    for (text, clean) in [
        ("#0 Auth->check('9f86d081884c7d6...', '')", "#0 Auth->check('***...', '')"),
        ("9f86d081884c… and", "***… and"),
        ("near '9f86d081884c7d65", "near '***"),
        ("9f86d081884c7d6 is enough of it", "*** is enough of it"),
        ("9f86d081...", "***..."),
        ("9f86d08...", "9f86d08..."),
        ("...0c55ad015 is its end", "...*** is its end"),
    ] {
        assert_eq!(scrub(&[secret], text), clean);
    }
}

#[test]
fn a_short_secret_goes_as_a_word_only() {
    assert_eq!(scrub(&["20"], "id 20: 203.0.113.20, 2020, id_20 (20)"), "id ***: 203.0.113.***, 2020, id_20 (***)");
    assert_eq!(scrub(&["abcde"], "abcdef"), "abcdef");
    assert_eq!(scrub(&["abcdef"], "xabcdefx"), "x***x");
}

#[test]
fn no_text_breaks_it() {
    let pieces = [
        "a", "é", "𝄞", "%", "%2", "%25", "%C3", "%A7", "%F0%9D", "\\", "\\u", "\\u{", "\\ud834", "}", "&", "&#", "&#x",
        "amp;", "quot;", "1", ";", "://", "@", "?", "/", ":", "=", " ", "\n", "\"", "'", "token", "cookie", "Bearer ",
        "...", "…", "+", "\\\\", "p&a'ç", "", "key", "\u{0}",
    ];
    let mut state = 1_u64;
    let mut below = |end: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap() % end
    };
    for _ in 0..20_000 {
        let mut text = || (0..below(16)).map(|_| pieces[below(pieces.len())]).collect::<String>();
        let (secret, text) = (text(), text());
        let clean = scrub(&[&secret], &format!("{text} {secret} {text}"));
        let plain = secret.chars().all(char::is_alphanumeric) && secret.chars().count() >= SHORT;
        assert!(!plain || !clean.contains(&secret), "{secret:?} in {clean:?}");
    }
    let slow = ["\\".repeat(20_000), "%25".repeat(10_000), "&amp;".repeat(10_000), "a".repeat(40_000)];
    for text in slow {
        Scrubber::new([Secret::new("\\\\&%25aaaaaaaaaaaaaaaaaaaaaaaaab")].iter()).mask(&text);
        without_tokens(&text[..MAX_TEXT]);
    }
}

/// Servers quote a credential cut, escaped or in another case.
#[test]
fn a_credential_goes_however_it_is_cut_and_changed() {
    let secret = "Kd93jfPq82LmzX7Rw5Tb\n";
    for (text, clean) in [
        ("key Kd93jfPq82LmzX7Rw5Tb inválida", "key *** inválida"),
        ("KD93JFPQ82LMZX7RW5TB kd93jfpq82lmzx7rw5tb", "*** ***"),
        ("near 'Kd93jfPq82LmzX' at line 1", "near '***' at line 1"),
        ("Kd93jfPq82[...]", "***[...]"),
        ("Kd93jfPq82&hellip; Kd93jfPq82…", "***&hellip; ***…"),
        ("Kd93jfPq82LmzX7R (truncated...)", "*** (truncated...)"),
        ("Kd93jf Kd93jfPq8... 14 more characters", "Kd93jf ***... 14 more characters"),
        ("...LmzX7Rw5Tb", "...***"),
        ("a=Kd93jfPq%0d%0a82LmzX7Rw5Tb", "a=***%0d%0a***"),
        ("Basic aWQtMTIzNDU2NzpLZDkzamZQcTgyTG16WDdSdzVUYg==", "Basic ***"),
        ("S2Q5M2pmUHE4MkxtelgwN1J3NVRi", "***"),
        ("0x4b6439336a66507138324c6d7a58375277355462", "0x***"),
        ("k=4B=64=39=33=6Af=50q82LmzX7R=\r\nw5Tb.", "k***."),
        ("&#75;d93jfPq82&#x4c;mzX7Rw5Tb", "***"),
        (r"\u004b\u0064\u00393jfPq82LmzX7Rw5Tb", "***"),
        ("%4b%64%39%33jfPq82LmzX7Rw5Tb", "***"),
    ] {
        assert_eq!(scrub(&[secret], text), clean, "{text}");
    }
    assert_eq!(scrub(&["ab/cdefghij"], r"token ab%5C%2Fcdefghij and ab%255c%252Fcdefghij"), "token *** and ***");
    assert_eq!(scrub(&["\u{200b} secret-1 \u{feff}"], "is secret-1."), "is ***.");
    assert_eq!(scrub(&[" \n"], "a \n b"), "a \n b");
    let secret = Secret::new("p(a)b{c}#d$e=f@g");
    let named = "p&lpar;a&rpar;b&lbrace;c&rcub;&num;d&dollar;e&equals;f&commat;g";
    assert_eq!(Scrubber::new([secret].iter()).mask(named), "***");
}

#[test]
fn words_are_no_pieces_of_a_credential() {
    let secrets = ["client-id-of-mine", "password1", "segredo", "20261128", "escalazap-conta"];
    for text in [
        "The client-id header and the client_id field are required.",
        "Sua password está errada; passwords devem ter 8 caracteres.",
        "O segredo1 não, o segred não.",
        "2026-11-28 2026112 261128 escalazap conta escalazap-c",
    ] {
        let expected = text.replace("segredo1", "***1");
        assert_eq!(scrub(&secrets, text), expected);
    }
}

/// A window ends within a credential, and within an escape of one.
#[test]
fn a_long_text_is_masked_as_a_short_one() {
    let secret = Secret::new("ab/çdefghij");
    let scrubber = Scrubber::new([secret].iter());
    for quoted in ["ab/çdefghij", "%61%62%2F%C3%A7%64%65%66%67%68%69%6A", "YWIvw6dkZWZnaGlq"] {
        for before in WINDOW - 40..WINDOW + 2 {
            let text = format!("{}é {quoted} é{}", "x ".repeat(before / 2), "y ".repeat(WINDOW / 2));
            assert_eq!(scrubber.mask(&text), text.replace(quoted, MASK), "{before}");
        }
    }
    assert!(scrubber.scrub(&"ab/çdefghij ".repeat(100_000)).chars().count() <= MAX_TEXT + 1);
}

/// A small generator of numbers: the same seed, the same cases.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % end
    }

    fn pick<T: Copy>(&mut self, items: &[T]) -> T {
        items[self.below(items.len())]
    }

    fn text(&mut self, letters: &[char], length: usize) -> String {
        (0..length).map(|_| self.pick(letters)).collect()
    }

    fn hex(&mut self, number: u32, digits: usize) -> String {
        if self.below(2) == 0 { format!("{number:0digits$x}") } else { format!("{number:0digits$X}") }
    }

    fn in_url(&mut self, text: &str) -> String {
        let all = self.below(4) == 0;
        let mut encoded = String::new();
        for c in text.chars() {
            if (c.is_ascii_alphanumeric() || "-._~".contains(c)) && !all && self.below(8) > 0 {
                encoded.push(c);
            } else if c == ' ' && self.below(2) == 0 {
                encoded.push('+');
            } else {
                for byte in c.to_string().bytes() {
                    encoded = encoded + "%" + &self.hex(byte.into(), 2);
                }
            }
        }
        encoded
    }

    fn in_json(&mut self, text: &str) -> String {
        let mut encoded = String::new();
        for c in text.chars() {
            if matches!(c, '"' | '\\') || (c == '/' && self.below(2) == 0) {
                encoded.extend(['\\', c]);
            } else if c.is_ascii_graphic() && self.below(8) > 0 || !c.is_ascii() && self.below(2) == 0 {
                encoded.push(c);
            } else {
                for unit in c.encode_utf16(&mut [0; 2]) {
                    encoded = encoded + "\\u" + &self.hex((*unit).into(), 4);
                }
            }
        }
        encoded
    }

    fn in_html(&mut self, text: &str) -> String {
        let mut encoded = String::new();
        for c in text.chars() {
            let name = match c {
                '&' => "amp",
                '<' => "lt",
                '>' => "gt",
                '"' => "quot",
                '\'' => "apos",
                '/' => "sol",
                'é' => "eacute",
                _ => "",
            };
            let escaped = match self.below(6) {
                0 => format!("&#{};", u32::from(c)),
                1 => format!("&#x{};", self.hex(c.into(), 1)),
                2 if !name.is_empty() => format!("&{name};"),
                _ if "&<>\"'".contains(c) => format!("&{name};"),
                _ => c.to_string(),
            };
            encoded.push_str(&escaped);
        }
        encoded
    }

    /// In up to three layers.
    fn escaped(&mut self, text: &str) -> String {
        (0..self.below(4)).fold(text.to_owned(), |text, _| match self.below(3) {
            0 => self.in_url(&text),
            1 => self.in_json(&text),
            _ => self.in_html(&text),
        })
    }
}

fn base64(text: &str) -> String {
    let letters: Vec<char> = ('A'..='Z').chain('a'..='z').chain('0'..='9').chain(['+', '/']).collect();
    let bits = text.bytes().map(|byte| format!("{byte:08b}")).collect::<Vec<_>>().concat();
    let mut encoded = String::new();
    for six in bits.as_bytes().chunks(6) {
        let digits = format!("{:0<6}", str::from_utf8(six).unwrap());
        encoded.push(letters[usize::from_str_radix(&digits, 2).unwrap()]);
    }
    while !encoded.len().is_multiple_of(4) {
        encoded.push('=');
    }
    encoded
}

/// `SCRUB_SEED` repeats a run, `SCRUB_CASES` is the number of cases.
#[test]
fn no_layers_and_cuts_hide_a_credential() {
    let number = |name: &str| std::env::var(name).ok().map(|value| value.parse::<u64>().expect("a number"));
    let fresh = || std::hash::BuildHasher::hash_one(&std::collections::hash_map::RandomState::new(), 0);
    let seed = number("SCRUB_SEED").unwrap_or_else(fresh);
    let mut random = Random(seed);
    let plain: Vec<char> = ('a'..='z').chain('A'..='Z').chain('0'..='9').collect();
    let odd: Vec<char> = plain.iter().copied().chain("%%%&&&\\\\\\;;##;u/\"'<>+ =-_.{}éç𝄞".chars()).collect();
    for case in 0..number("SCRUB_CASES").unwrap_or(3_000) {
        let length = 12 + random.below(30);
        let (secret, shown) = if random.below(2) == 0 {
            // Of anything, whole.
            let (first, last) = (random.text(&plain, 1), random.text(&plain, 1));
            let secret = first + &random.text(&odd, length) + &last;
            (secret.clone(), secret)
        } else {
            // In another case and cut.
            let secret = random.text(&plain, length);
            let kept = 12 + random.below(length - 11);
            let piece = if random.below(2) == 0 { &secret[..kept] } else { &secret[length - kept..] };
            let piece = match random.below(3) {
                0 => piece.to_ascii_lowercase(),
                1 => piece.to_ascii_uppercase(),
                _ => piece.to_owned(),
            };
            (secret, piece)
        };
        let quoted = match random.below(6) {
            0 => base64(&shown),
            1 => base64(&format!("id:{shown}")),
            _ => shown,
        };
        let quoted = random.escaped(&quoted);
        let text = format!("id is <{quoted}> here");
        let masked = Scrubber::new([Secret::new(&*secret)].iter()).mask(&text);
        assert_eq!(masked, "id is <***> here", "SCRUB_SEED={seed}, case {case}: {secret:?} in {text:?}");
    }
}

/// Errors of others are unchanged unless they show a credential.
#[test]
fn errors_of_others_are_scrubbed_with_their_sources() {
    let scrubber = Scrubber::new([Secret::new("Kd93jfPq82LmzX7Rw5Tb")].iter());
    let inner = std::io::Error::other("no object at https://files.example/a?key=Kd93jfPq82LmzX7Rw5Tb");
    let error = scrubber.source(std::io::Error::new(std::io::ErrorKind::TimedOut, inner));
    let shown = format!("{error} {error:?} {:?}", error.source());
    assert!(!shown.contains("Kd93") && shown.contains("files.example"), "{shown}");
    let error = scrubber.source(std::io::Error::other("no object"));
    assert!(error.downcast_ref::<std::io::Error>().is_some());
}
