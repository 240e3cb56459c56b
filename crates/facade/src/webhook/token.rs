//! The tokens in the URL of a post.

use std::borrow::Cow;

use axum::extract::rejection::RawPathParamsRejection;
use axum::extract::{FromRequestParts as _, RawPathParams};
use axum::http::request::Parts;
use percent_encoding::percent_decode_str;
use subtle::{Choice, ConstantTimeEq as _};
use zap_client_runtime::Secret;

use super::builder::InvalidReceiver;

/// The name of the token, in a path of the router and in a query.
pub(super) const NAME: &str = "token";

/// The shortest token: 16 hexadecimal digits are 64 random bits.
pub(super) const SHORTEST: usize = 16;

/// The tokens that are accepted.
pub(super) struct Tokens(Vec<Secret>);

impl Tokens {
    /// Checks tokens, and removes the white space that a file or a shell adds at the ends.
    pub(super) fn new(tokens: &[Secret]) -> Result<Self, InvalidReceiver> {
        let trimmed: Vec<_> = tokens.iter().map(|token| Secret::new(token.expose().trim())).collect();
        for token in &trimmed {
            let token = token.expose();
            if token.len() < SHORTEST {
                return Err(InvalidReceiver::ShortToken);
            }
            if !token.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte)) {
                return Err(InvalidReceiver::TokenCharacters);
            }
        }
        Ok(Self(trimmed))
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// Returns whether a request has one of the tokens. Compares with all of them, so that the time does not depend on
    /// which one it is or on how much of it is right. It does depend on the length of a token, which is not a secret.
    pub(super) async fn admit(&self, parts: &mut Parts) -> bool {
        let Some(presented) = presented(parts).await else { return false };
        let equal = |token: &Secret| token.expose().as_bytes().ct_eq(presented.as_bytes());
        self.0.iter().map(equal).fold(Choice::from(0), |any, equal| any | equal).into()
    }
}

/// Returns the token of a request: the parameter of the path, or else the first of that name in the query.
async fn presented(parts: &mut Parts) -> Option<Cow<'_, str>> {
    match RawPathParams::from_request_parts(parts, &()).await {
        Ok(parameters) => {
            if let Some((_, token)) = parameters.iter().find(|(name, _)| *name == NAME) {
                return Some(token.to_owned().into());
            }
        }
        // The route has no parameters.
        Err(RawPathParamsRejection::MissingPathParams(_)) => {}
        Err(_) => return None,
    }
    let query = parts.uri.query()?;
    let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    let (_, token) = pairs.find(|(name, _)| *name == NAME)?;
    percent_decode_str(token).decode_utf8().ok()
}
