//! The client itself, without the methods of its operations.

use heck::ToUpperCamelCase as _;
use proc_macro2::TokenStream;
use quote::{ToTokens, format_ident, quote};

use super::credentials::credentials;
use super::doc;
use super::provider::provider;
use crate::model::{Api, Envelope, RefusalText, Refusals};
use crate::names::title_in_sentence;

/// The client with its instances and credentials, but without the operations' methods.
pub fn client(api: &Api) -> TokenStream {
    let client_doc = doc(&format!("Typed client of {}.\n\n{}", title_in_sentence(&api.title), api.description));
    let (envelope, trims) = (envelope(&api.envelope), api.trims);
    let mut paths: Vec<_> = api.operations.iter().map(|operation| &operation.path).collect();
    paths.sort_unstable();
    paths.dedup();
    let provider = provider(&api.servers);
    let credentials = credentials(api);
    quote! {
        static API: zap_client_runtime::Api = zap_client_runtime::Api {
            user_agent: concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION")),
            envelope: #envelope,
            trims: #trims,
            paths: &[#(#paths),*],
        };

        #provider
        #credentials

        #client_doc
        ///
        /// Cloning is cheap. Clones share connections.
        #[derive(Clone, Debug)]
        pub struct Client {
            raw: zap_client_runtime::RawClient,
        }

        impl Client {
            /// Returns a builder of a client for `instance`, which is a [`Provider`] or a
            /// [custom instance](zap_client_runtime::Instance).
            pub fn builder(
                instance: impl Into<zap_client_runtime::Instance>,
                credentials: Credentials,
            ) -> zap_client_runtime::ClientBuilder<Self> {
                zap_client_runtime::ClientBuilder::new(&API, instance.into(), credentials)
            }

            /// Returns the name of the instance that this client calls.
            pub fn provider(&self) -> &str {
                self.raw.provider()
            }

            /// Returns the untyped client that this client uses. With it you can call an operation that
            /// the spec does not list: write an [`Operation`](zap_client_runtime::Operation) of your own.
            pub fn raw_client(&self) -> &zap_client_runtime::RawClient {
                &self.raw
            }
        }

        impl From<zap_client_runtime::RawClient> for Client {
            fn from(raw: zap_client_runtime::RawClient) -> Self {
                Self { raw }
            }
        }
    }
}

fn envelope(envelope: &Envelope) -> TokenStream {
    let Envelope { status, success, error, texts, .. } = envelope;
    let remark = option(envelope.remark.as_ref().map(|remark| quote!(#remark)));
    let refusals = match &envelope.refusals {
        Refusals::All => quote!(zap_client_runtime::Refusals::All),
        Refusals::Remarks(remarks) => {
            let remarks = remarks.iter().map(with_reason);
            quote!(zap_client_runtime::Refusals::Listed(&[#(#remarks),*]))
        }
        Refusals::Statuses(statuses) => {
            let statuses = statuses.iter().map(with_reason);
            quote!(zap_client_runtime::Refusals::Statuses(&[#(#statuses),*]))
        }
    };
    let reasons = envelope.reasons.iter().map(known_text);
    let validation = option(envelope.validation.as_ref().map(
        |(http_status, errors)| quote!(zap_client_runtime::ValidationAnswer { http_status: #http_status, errors: #errors }),
    ));
    quote! {
        zap_client_runtime::Envelope {
            status: #status,
            success: #success,
            error: #error,
            remark: #remark,
            texts: &[#(#texts),*],
            refusals: #refusals,
            validation: #validation,
            reasons: &[#(#reasons),*],
        }
    }
}

fn with_reason((word, reason): &(impl ToTokens, String)) -> TokenStream {
    let reason = reason_variant(reason);
    quote!((#word, #reason))
}

fn known_text(RefusalText { text, reason, fields }: &RefusalText) -> TokenStream {
    let reason = reason_variant(reason);
    quote!(zap_client_runtime::RefusalText { text: #text, reason: #reason, fields: &[#(#fields),*] })
}

fn reason_variant(reason: &str) -> TokenStream {
    let reason = format_ident!("{}", reason.to_upper_camel_case());
    quote!(zap_client_runtime::RefusalReason::#reason)
}

fn option(value: Option<TokenStream>) -> TokenStream {
    value.map_or(quote!(None), |value| quote!(Some(#value)))
}
