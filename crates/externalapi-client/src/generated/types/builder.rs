// Generated from specs/externalapi.yaml: do not edit. Change the spec and run `cargo xtask codegen`.

//! Builders of the JSON objects and forms.

/// A builder of [`ChangeConversationStatusBody`](super::ChangeConversationStatusBody).
#[derive(Clone)]
pub struct ChangeConversationStatusBody {
    status: Result<crate::types::ConversationStatus, zap_client_runtime::FieldError>,
}

impl Default for ChangeConversationStatusBody {
    fn default() -> Self {
        Self { status: Err(zap_client_runtime::FieldError::Missing("status")) }
    }
}

impl ChangeConversationStatusBody {
    /// The new status, from 0 to 3. The providers' pages also offer 4 (`Unread`), but the recorded version
    /// refuses it with `validation_error`. It accepts 0 (`Unset`), which those pages do not mention.
    ///
    /// Checked before sending: at most 3; at least 0.
    ///
    /// Source: observed ([E15](crate::facts#e15)).
    pub fn status<T>(mut self, value: T) -> Self
    where
        T: TryInto<crate::types::ConversationStatus>,
        T::Error: ::std::fmt::Display,
    {
        self.status = value.try_into().map_err(|_| zap_client_runtime::FieldError::WrongType("status"));
        self
    }
}

impl TryFrom<ChangeConversationStatusBody> for super::ChangeConversationStatusBody {
    type Error = super::error::ConversionError;
    fn try_from(value: ChangeConversationStatusBody) -> Result<Self, super::error::ConversionError> {
        Ok(Self { status: value.status? })
    }
}

impl From<super::ChangeConversationStatusBody> for ChangeConversationStatusBody {
    fn from(value: super::ChangeConversationStatusBody) -> Self {
        Self { status: Ok(value.status) }
    }
}

/// A builder of [`ContactStoreBody`](super::ContactStoreBody).
#[derive(Clone)]
pub struct ContactStoreBody {
    address: Option<String>,
    city: Option<String>,
    firstname: Result<String, zap_client_runtime::FieldError>,
    lastname: Result<String, zap_client_runtime::FieldError>,
    mobile: Result<String, zap_client_runtime::FieldError>,
    mobile_code: Result<String, zap_client_runtime::FieldError>,
    post_code: Option<String>,
    profile_image: Option<::zap_client_runtime::File>,
    state: Option<String>,
}

impl Default for ContactStoreBody {
    fn default() -> Self {
        Self {
            address: Default::default(),
            city: Default::default(),
            firstname: Err(zap_client_runtime::FieldError::Missing("firstname")),
            lastname: Err(zap_client_runtime::FieldError::Missing("lastname")),
            mobile: Err(zap_client_runtime::FieldError::Missing("mobile")),
            mobile_code: Err(zap_client_runtime::FieldError::Missing("mobile_code")),
            post_code: Default::default(),
            profile_image: Default::default(),
            state: Default::default(),
        }
    }
}

impl ContactStoreBody {
    /// Street and number. The whole address must fit into a database column. An address of 70,000 characters
    /// did not.
    ///
    /// Source: observed ([E3](crate::facts#e3)).
    pub fn address(mut self, value: impl Into<zap_client_runtime::Optional<String>>) -> Self {
        self.address = value.into().into_option();
        self
    }

    /// City.
    ///
    /// Source: observed ([E3](crate::facts#e3)).
    pub fn city(mut self, value: impl Into<zap_client_runtime::Optional<String>>) -> Self {
        self.city = value.into().into_option();
        self
    }

    /// First name. The server removes spaces around it.
    ///
    /// Checked before sending: at most 40 characters; not empty.
    ///
    /// Source: observed ([E3](crate::facts#e3), [E5](crate::facts#e5), [E24](crate::facts#e24)).
    pub fn firstname<T>(mut self, value: T) -> Self
    where
        T: TryInto<String>,
        T::Error: ::std::fmt::Display,
    {
        self.firstname = value.try_into().map_err(|_| zap_client_runtime::FieldError::WrongType("firstname"));
        self
    }

    /// Last name. The server removes spaces around it.
    ///
    /// Checked before sending: not empty.
    ///
    /// Source: observed ([E3](crate::facts#e3), [E5](crate::facts#e5)).
    pub fn lastname<T>(mut self, value: T) -> Self
    where
        T: TryInto<String>,
        T::Error: ::std::fmt::Display,
    {
        self.lastname = value.try_into().map_err(|_| zap_client_runtime::FieldError::WrongType("lastname"));
        self
    }

    /// Mobile number without the calling code, digits only. The server refuses anything else.
    ///
    /// Checked before sending: at most 40 characters; not empty; digits only.
    ///
    /// Source: observed ([E3](crate::facts#e3), [E21](crate::facts#e21), [E24](crate::facts#e24)).
    pub fn mobile<T>(mut self, value: T) -> Self
    where
        T: TryInto<String>,
        T::Error: ::std::fmt::Display,
    {
        self.mobile = value.try_into().map_err(|_| zap_client_runtime::FieldError::WrongType("mobile"));
        self
    }

    /// Calling code of the country, digits only, such as `55`. The server does not check this: it stores a `+`
    /// as sent, and then a message to the same code without `+` does not find the contact.
    ///
    /// Checked before sending: at most 40 characters; not empty.
    ///
    /// Source: observed ([E3](crate::facts#e3), [E12](crate::facts#e12), [E21](crate::facts#e21),
    /// [E24](crate::facts#e24)).
    pub fn mobile_code<T>(mut self, value: T) -> Self
    where
        T: TryInto<String>,
        T::Error: ::std::fmt::Display,
    {
        self.mobile_code = value.try_into().map_err(|_| zap_client_runtime::FieldError::WrongType("mobile_code"));
        self
    }

    /// Postal code.
    ///
    /// Source: observed ([E3](crate::facts#e3)).
    pub fn post_code(mut self, value: impl Into<zap_client_runtime::Optional<String>>) -> Self {
        self.post_code = value.into().into_option();
        self
    }

    /// Picture, JPEG or PNG. The server judges it by its content rather than by its name. If the server cannot
    /// read the picture and its name ends in `jpg`, `jpeg` or `png`, it refuses it with `image_upload_error`;
    /// with another name it stores the file as it is. No size limit is documented. The recorded server accepted
    /// 3 MB, but a server with PHP's own limits refuses files over 2 MB, and answers those over 8 MB with
    /// `exception`.
    ///
    /// Checked before sending: of type jpg, jpeg, png, by its name or its content; not empty; at most 104857600 bytes
    /// (100 MiB).
    ///
    /// Source: observed ([E3](crate::facts#e3), [E5](crate::facts#e5), [E8](crate::facts#e8), [E24](crate::facts#e24),
    /// [E30](crate::facts#e30)).
    pub fn profile_image(mut self, value: impl Into<zap_client_runtime::Optional<::zap_client_runtime::File>>) -> Self {
        self.profile_image = value.into().into_option();
        self
    }

    /// State or province.
    ///
    /// Source: observed ([E3](crate::facts#e3)).
    pub fn state(mut self, value: impl Into<zap_client_runtime::Optional<String>>) -> Self {
        self.state = value.into().into_option();
        self
    }
}

impl TryFrom<ContactStoreBody> for super::ContactStoreBody {
    type Error = super::error::ConversionError;
    fn try_from(value: ContactStoreBody) -> Result<Self, super::error::ConversionError> {
        Ok(Self {
            address: value.address,
            city: value.city,
            firstname: value.firstname?,
            lastname: value.lastname?,
            mobile: value.mobile?,
            mobile_code: value.mobile_code?,
            post_code: value.post_code,
            profile_image: value.profile_image,
            state: value.state,
        })
    }
}

impl From<super::ContactStoreBody> for ContactStoreBody {
    fn from(value: super::ContactStoreBody) -> Self {
        Self {
            address: value.address,
            city: value.city,
            firstname: Ok(value.firstname),
            lastname: Ok(value.lastname),
            mobile: Ok(value.mobile),
            mobile_code: Ok(value.mobile_code),
            post_code: value.post_code,
            profile_image: value.profile_image,
            state: value.state,
        }
    }
}

/// A builder of [`ContactUpdateBody`](super::ContactUpdateBody).
#[derive(Clone)]
pub struct ContactUpdateBody {
    address: Option<String>,
    city: Option<String>,
    firstname: Result<String, zap_client_runtime::FieldError>,
    lastname: Result<String, zap_client_runtime::FieldError>,
    mobile: Result<String, zap_client_runtime::FieldError>,
    mobile_code: Result<String, zap_client_runtime::FieldError>,
    post_code: Option<String>,
    profile_image: Option<::zap_client_runtime::File>,
    state: Option<String>,
}

impl Default for ContactUpdateBody {
    fn default() -> Self {
        Self {
            address: Default::default(),
            city: Default::default(),
            firstname: Err(zap_client_runtime::FieldError::Missing("firstname")),
            lastname: Err(zap_client_runtime::FieldError::Missing("lastname")),
            mobile: Err(zap_client_runtime::FieldError::Missing("mobile")),
            mobile_code: Err(zap_client_runtime::FieldError::Missing("mobile_code")),
            post_code: Default::default(),
            profile_image: Default::default(),
            state: Default::default(),
        }
    }
}

impl ContactUpdateBody {
    /// Street and number. The server erases it if you omit it.
    ///
    /// Source: observed ([E3](crate::facts#e3), [E13](crate::facts#e13)).
    pub fn address(mut self, value: impl Into<zap_client_runtime::Optional<String>>) -> Self {
        self.address = value.into().into_option();
        self
    }

    /// City. The server erases it if you omit it.
    ///
    /// Source: observed ([E3](crate::facts#e3), [E13](crate::facts#e13)).
    pub fn city(mut self, value: impl Into<zap_client_runtime::Optional<String>>) -> Self {
        self.city = value.into().into_option();
        self
    }

    /// First name. The providers' pages call it optional in an update, but the server requires it.
    ///
    /// Checked before sending: not empty.
    ///
    /// Source: observed ([E3](crate::facts#e3), [E5](crate::facts#e5), [E13](crate::facts#e13)).
    pub fn firstname<T>(mut self, value: T) -> Self
    where
        T: TryInto<String>,
        T::Error: ::std::fmt::Display,
    {
        self.firstname = value.try_into().map_err(|_| zap_client_runtime::FieldError::WrongType("firstname"));
        self
    }

    /// Last name. The providers' pages call it optional in an update, but the server requires it.
    ///
    /// Checked before sending: not empty.
    ///
    /// Source: observed ([E3](crate::facts#e3), [E5](crate::facts#e5), [E13](crate::facts#e13)).
    pub fn lastname<T>(mut self, value: T) -> Self
    where
        T: TryInto<String>,
        T::Error: ::std::fmt::Display,
    {
        self.lastname = value.try_into().map_err(|_| zap_client_runtime::FieldError::WrongType("lastname"));
        self
    }

    /// Mobile number without the calling code, digits only. The providers' pages call it optional in an update,
    /// but the server requires it. The server refuses a number that another contact has.
    ///
    /// Checked before sending: at most 40 characters; not empty; digits only.
    ///
    /// Source: observed ([E3](crate::facts#e3), [E13](crate::facts#e13), [E21](crate::facts#e21),
    /// [E24](crate::facts#e24)).
    pub fn mobile<T>(mut self, value: T) -> Self
    where
        T: TryInto<String>,
        T::Error: ::std::fmt::Display,
    {
        self.mobile = value.try_into().map_err(|_| zap_client_runtime::FieldError::WrongType("mobile"));
        self
    }

    /// Calling code of the country, digits only, such as `55`. The providers' pages call it optional in an
    /// update, but the server requires it.
    ///
    /// Checked before sending: at most 40 characters; not empty.
    ///
    /// Source: observed ([E3](crate::facts#e3), [E13](crate::facts#e13), [E21](crate::facts#e21),
    /// [E24](crate::facts#e24)).
    pub fn mobile_code<T>(mut self, value: T) -> Self
    where
        T: TryInto<String>,
        T::Error: ::std::fmt::Display,
    {
        self.mobile_code = value.try_into().map_err(|_| zap_client_runtime::FieldError::WrongType("mobile_code"));
        self
    }

    /// Postal code. The server erases it if you omit it.
    ///
    /// Source: observed ([E3](crate::facts#e3), [E13](crate::facts#e13)).
    pub fn post_code(mut self, value: impl Into<zap_client_runtime::Optional<String>>) -> Self {
        self.post_code = value.into().into_option();
        self
    }

    /// Picture, JPEG or PNG, which replaces the current one. If you omit it, the current one stays. If the
    /// server cannot read the new picture, it refuses the update, but the old picture is lost.
    ///
    /// Checked before sending: of type jpg, jpeg, png, by its name or its content; not empty; at most 104857600 bytes
    /// (100 MiB).
    ///
    /// Source: observed ([E3](crate::facts#e3), [E5](crate::facts#e5), [E10](crate::facts#e10),
    /// [E13](crate::facts#e13), [E24](crate::facts#e24), [E30](crate::facts#e30)).
    pub fn profile_image(mut self, value: impl Into<zap_client_runtime::Optional<::zap_client_runtime::File>>) -> Self {
        self.profile_image = value.into().into_option();
        self
    }

    /// State or province. The server erases it if you omit it.
    ///
    /// Source: observed ([E3](crate::facts#e3), [E13](crate::facts#e13)).
    pub fn state(mut self, value: impl Into<zap_client_runtime::Optional<String>>) -> Self {
        self.state = value.into().into_option();
        self
    }
}

impl TryFrom<ContactUpdateBody> for super::ContactUpdateBody {
    type Error = super::error::ConversionError;
    fn try_from(value: ContactUpdateBody) -> Result<Self, super::error::ConversionError> {
        Ok(Self {
            address: value.address,
            city: value.city,
            firstname: value.firstname?,
            lastname: value.lastname?,
            mobile: value.mobile?,
            mobile_code: value.mobile_code?,
            post_code: value.post_code,
            profile_image: value.profile_image,
            state: value.state,
        })
    }
}

impl From<super::ContactUpdateBody> for ContactUpdateBody {
    fn from(value: super::ContactUpdateBody) -> Self {
        Self {
            address: value.address,
            city: value.city,
            firstname: Ok(value.firstname),
            lastname: Ok(value.lastname),
            mobile: Ok(value.mobile),
            mobile_code: Ok(value.mobile_code),
            post_code: value.post_code,
            profile_image: value.profile_image,
            state: value.state,
        }
    }
}

/// A builder of [`SendMessageBody`](super::SendMessageBody).
#[derive(Clone)]
pub struct SendMessageBody {
    address: Option<String>,
    audio: Option<::zap_client_runtime::File>,
    created_order_data: Option<String>,
    cta_url_id: Option<i64>,
    document: Option<::zap_client_runtime::File>,
    from_number: Option<String>,
    image: Option<::zap_client_runtime::File>,
    interactive_list_id: Option<i64>,
    latitude: Option<f64>,
    longitude: Option<f64>,
    message: Option<String>,
    mobile: Result<String, zap_client_runtime::FieldError>,
    mobile_code: Result<String, zap_client_runtime::FieldError>,
    name: Option<String>,
    product: Option<String>,
    video: Option<::zap_client_runtime::File>,
}

impl Default for SendMessageBody {
    fn default() -> Self {
        Self {
            address: Default::default(),
            audio: Default::default(),
            created_order_data: Default::default(),
            cta_url_id: Default::default(),
            document: Default::default(),
            from_number: Default::default(),
            image: Default::default(),
            interactive_list_id: Default::default(),
            latitude: Default::default(),
            longitude: Default::default(),
            message: Default::default(),
            mobile: Err(zap_client_runtime::FieldError::Missing("mobile")),
            mobile_code: Err(zap_client_runtime::FieldError::Missing("mobile_code")),
            name: Default::default(),
            product: Default::default(),
            video: Default::default(),
        }
    }
}

impl SendMessageBody {
    /// Address of the location, shown with it. Give it together with `name`. Undocumented.
    ///
    /// Source: observed ([E17](crate::facts#e17), [E35](crate::facts#e35)).
    pub fn address(mut self, value: impl Into<zap_client_runtime::Optional<String>>) -> Self {
        self.address = value.into().into_option();
        self
    }

    /// Audio, up to 16 MB. The server may allow less. Audio has no caption. The server does not check the type
    /// of the file, so WhatsApp may later refuse a file that the server accepted.
    ///
    /// Checked before sending: at most 16777216 bytes (16 MiB); not empty.
    ///
    /// Source: observed ([E5](crate::facts#e5), [E17](crate::facts#e17), [E24](crate::facts#e24),
    /// [E35](crate::facts#e35), [E30](crate::facts#e30)).
    pub fn audio(mut self, value: impl Into<zap_client_runtime::Optional<::zap_client_runtime::File>>) -> Self {
        self.audio = value.into().into_option();
        self
    }

    /// A shop's order as JSON text: an object with `order_url` and, optionally, `woo_response`, whose
    /// `line_items` each have a `name`. It becomes a message with a link button. Undocumented.
    ///
    /// Checked before sending: JSON; an object with a text or a number for `order_url`.
    ///
    /// Source: observed ([E17](crate::facts#e17), [E26](crate::facts#e26), [E36](crate::facts#e36)).
    pub fn created_order_data(mut self, value: impl Into<zap_client_runtime::Optional<String>>) -> Self {
        self.created_order_data = value.into().into_option();
        self
    }

    /// Id of a link button (CTA URL), which you create in the dashboard. No operation lists them. Needs a plan
    /// with interactive messages. It takes precedence over any other content. The server treats 0 as absent and
    /// then sends a blank text message.
    ///
    /// Checked before sending: at least 1.
    ///
    /// Source: observed ([E17](crate::facts#e17)).
    pub fn cta_url_id(mut self, value: impl Into<zap_client_runtime::Optional<i64>>) -> Self {
        self.cta_url_id = value.into().into_option();
        self
    }

    /// Document, PDF or Word, up to 100 MB. The server may allow less. WhatsApp shows the file's name. The
    /// server delivers a document whose name has more than 255 characters, but then answers with `exception`.
    ///
    /// Checked before sending: of type pdf, doc, docx, by its name or its content; at most 104857600 bytes (100 MiB); a
    /// name of at most 255 characters; not empty.
    ///
    /// Source: observed ([E5](crate::facts#e5), [E17](crate::facts#e17), [E24](crate::facts#e24),
    /// [E28](crate::facts#e28), [E29](crate::facts#e29)).
    pub fn document(mut self, value: impl Into<zap_client_runtime::Optional<::zap_client_runtime::File>>) -> Self {
        self.document = value.into().into_option();
        self
    }

    /// The account's WhatsApp number to send from, exactly as the account has it: `+55 11 4000-0001` and
    /// `551140000001` are not the same. The server refuses any other number with `not_found`.
    ///
    /// If you omit it, the message is sent from the default number according to the providers' pages. The
    /// recorded version uses the account's number with the lowest id, whether it is the default or not.
    ///
    /// Source: observed ([E18](crate::facts#e18)).
    pub fn from_number(mut self, value: impl Into<zap_client_runtime::Optional<String>>) -> Self {
        self.from_number = value.into().into_option();
        self
    }

    /// Picture, JPEG or PNG, up to 5 MB. The server may allow less. It refuses a URL in place of the file.
    ///
    /// Checked before sending: of type jpg, jpeg, png, by its name or its content; at most 5242880 bytes (5 MiB); not
    /// empty.
    ///
    /// Source: observed ([E5](crate::facts#e5), [E17](crate::facts#e17), [E24](crate::facts#e24)).
    pub fn image(mut self, value: impl Into<zap_client_runtime::Optional<::zap_client_runtime::File>>) -> Self {
        self.image = value.into().into_option();
        self
    }

    /// Id of an interactive list, which you create in the dashboard. No operation lists them. Needs a plan with
    /// interactive messages.
    ///
    /// Checked before sending: at least 1.
    ///
    /// Source: observed ([E17](crate::facts#e17)).
    pub fn interactive_list_id(mut self, value: impl Into<zap_client_runtime::Optional<i64>>) -> Self {
        self.interactive_list_id = value.into().into_option();
        self
    }

    /// Latitude of a location in degrees, positive in the north. Give it together with `longitude`. It must not
    /// be exactly 0, which the server treats as absent. The server checks neither range nor type.
    ///
    /// Checked before sending: at most 90; at least -90; not 0.
    ///
    /// Source: observed ([E17](crate::facts#e17), [E24](crate::facts#e24)).
    pub fn latitude(mut self, value: impl Into<zap_client_runtime::Optional<f64>>) -> Self {
        self.latitude = value.into().into_option();
        self
    }

    /// Longitude of a location in degrees, positive in the east. Give it together with `latitude`. It must not
    /// be exactly 0, which the server treats as absent. The server checks neither range nor type.
    ///
    /// Checked before sending: at most 180; at least -180; not 0.
    ///
    /// Source: observed ([E17](crate::facts#e17), [E24](crate::facts#e24)).
    pub fn longitude(mut self, value: impl Into<zap_client_runtime::Optional<f64>>) -> Self {
        self.longitude = value.into().into_option();
        self
    }

    /// Text of the message, or caption of a picture, document or video. The server removes white space and
    /// invisible characters around it, and treats an empty text as absent. It keeps line breaks.
    ///
    /// Checked before sending: at most 4096 characters; at most 1024 characters beside `image`, `document`, `video`.
    ///
    /// Source: observed ([E5](crate::facts#e5), [E17](crate::facts#e17), [E35](crate::facts#e35)).
    pub fn message(mut self, value: impl Into<zap_client_runtime::Optional<String>>) -> Self {
        self.message = value.into().into_option();
        self
    }

    /// Mobile number without the calling code, digits only. The server refuses anything else. It must equal the
    /// number that the contact was stored with.
    ///
    /// Checked before sending: not empty; digits only.
    ///
    /// Source: observed ([E12](crate::facts#e12), [E17](crate::facts#e17), [E21](crate::facts#e21)).
    pub fn mobile<T>(mut self, value: T) -> Self
    where
        T: TryInto<String>,
        T::Error: ::std::fmt::Display,
    {
        self.mobile = value.try_into().map_err(|_| zap_client_runtime::FieldError::WrongType("mobile"));
        self
    }

    /// Calling code of the country, digits only, without `+`. It must equal the code that the contact was
    /// stored with.
    ///
    /// Checked before sending: not empty.
    ///
    /// Source: observed ([E12](crate::facts#e12), [E17](crate::facts#e17)).
    pub fn mobile_code<T>(mut self, value: T) -> Self
    where
        T: TryInto<String>,
        T::Error: ::std::fmt::Display,
    {
        self.mobile_code = value.try_into().map_err(|_| zap_client_runtime::FieldError::WrongType("mobile_code"));
        self
    }

    /// Name of the location, shown with it. Give it together with `address`. Undocumented.
    ///
    /// Source: observed ([E17](crate::facts#e17), [E35](crate::facts#e35)).
    pub fn name(mut self, value: impl Into<zap_client_runtime::Optional<String>>) -> Self {
        self.name = value.into().into_option();
        self
    }

    /// A shop's product as JSON text: an object with `name`, `description`, `permalink` and, optionally,
    /// `images`. It becomes a message with a link button. The first picture becomes the header if its URL, in
    /// `src`, ends in `jpeg` or `png`. Undocumented.
    ///
    /// Checked before sending: JSON; an object with a text or a number for `name`, `description`, `permalink`.
    ///
    /// Source: observed ([E17](crate::facts#e17), [E26](crate::facts#e26), [E36](crate::facts#e36)).
    pub fn product(mut self, value: impl Into<zap_client_runtime::Optional<String>>) -> Self {
        self.product = value.into().into_option();
        self
    }

    /// MP4 video, up to 16 MB. The server may allow less.
    ///
    /// Checked before sending: of type mp4, by its name or its content; at most 16777216 bytes (16 MiB); not empty.
    ///
    /// Source: observed ([E5](crate::facts#e5), [E17](crate::facts#e17), [E24](crate::facts#e24)).
    pub fn video(mut self, value: impl Into<zap_client_runtime::Optional<::zap_client_runtime::File>>) -> Self {
        self.video = value.into().into_option();
        self
    }
}

impl TryFrom<SendMessageBody> for super::SendMessageBody {
    type Error = super::error::ConversionError;
    fn try_from(value: SendMessageBody) -> Result<Self, super::error::ConversionError> {
        Ok(Self {
            address: value.address,
            audio: value.audio,
            created_order_data: value.created_order_data,
            cta_url_id: value.cta_url_id,
            document: value.document,
            from_number: value.from_number,
            image: value.image,
            interactive_list_id: value.interactive_list_id,
            latitude: value.latitude,
            longitude: value.longitude,
            message: value.message,
            mobile: value.mobile?,
            mobile_code: value.mobile_code?,
            name: value.name,
            product: value.product,
            video: value.video,
        })
    }
}

impl From<super::SendMessageBody> for SendMessageBody {
    fn from(value: super::SendMessageBody) -> Self {
        Self {
            address: value.address,
            audio: value.audio,
            created_order_data: value.created_order_data,
            cta_url_id: value.cta_url_id,
            document: value.document,
            from_number: value.from_number,
            image: value.image,
            interactive_list_id: value.interactive_list_id,
            latitude: value.latitude,
            longitude: value.longitude,
            message: value.message,
            mobile: Ok(value.mobile),
            mobile_code: Ok(value.mobile_code),
            name: value.name,
            product: value.product,
            video: value.video,
        }
    }
}

/// A builder of [`SendTemplateMessageBody`](super::SendTemplateMessageBody).
#[derive(Clone)]
pub struct SendTemplateMessageBody {
    body_variables: Vec<String>,
    from_number: Option<String>,
    header_variables: Vec<String>,
    mobile: Result<String, zap_client_runtime::FieldError>,
    mobile_code: Result<String, zap_client_runtime::FieldError>,
    template_id: Result<i64, zap_client_runtime::FieldError>,
}

impl Default for SendTemplateMessageBody {
    fn default() -> Self {
        Self {
            body_variables: Default::default(),
            from_number: Default::default(),
            header_variables: Default::default(),
            mobile: Err(zap_client_runtime::FieldError::Missing("mobile")),
            mobile_code: Err(zap_client_runtime::FieldError::Missing("mobile_code")),
            template_id: Err(zap_client_runtime::FieldError::Missing("template_id")),
        }
    }
}

impl SendTemplateMessageBody {
    /// Values for the placeholders of the template's body, in order. Undocumented. The server does not check
    /// how many there are. If a whole value is `{{ contactName }}` or `{{ contactMobile }}`, the server sends
    /// the contact's name or number instead.
    ///
    /// On the wire: `body_variables[]`.
    ///
    /// Each value, checked before sending: not empty; nothing in double braces, unless the whole value is one of `{{
    /// contactName }}`, `{{ contactMobile }}`; no line break, no tab and no more than four spaces in a row; at most
    /// 1024 characters.
    ///
    /// Source: observed ([E5](crate::facts#e5), [E20](crate::facts#e20), [E27](crate::facts#e27),
    /// [E33](crate::facts#e33)).
    pub fn body_variables(mut self, values: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.body_variables = values.into_iter().map(Into::into).collect();
        self
    }

    /// The account's WhatsApp number to send from. It is documented, but the recorded version ignores it and
    /// always sends from the default number.
    ///
    /// Source: observed ([E18](crate::facts#e18)).
    pub fn from_number(mut self, value: impl Into<zap_client_runtime::Optional<String>>) -> Self {
        self.from_number = value.into().into_option();
        self
    }

    /// Values for the placeholders of the template's header, in order. Undocumented. The server does not check
    /// how many there are. A carousel ignores them. If a whole value is `{{ contactName }}` or `{{
    /// contactMobile }}`, the server sends the contact's name or number instead.
    ///
    /// On the wire: `header_variables[]`.
    ///
    /// Each value, checked before sending: not empty; nothing in double braces, unless the whole value is one of `{{
    /// contactName }}`, `{{ contactMobile }}`; no line break, no tab and no more than four spaces in a row; at most
    /// 1024 characters.
    ///
    /// Source: observed ([E5](crate::facts#e5), [E20](crate::facts#e20), [E27](crate::facts#e27),
    /// [E33](crate::facts#e33)).
    pub fn header_variables(mut self, values: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.header_variables = values.into_iter().map(Into::into).collect();
        self
    }

    /// Mobile number without the calling code, digits only. The server refuses anything else. It must equal the
    /// number that the contact was stored with.
    ///
    /// Checked before sending: not empty; digits only.
    ///
    /// Source: observed ([E12](crate::facts#e12), [E20](crate::facts#e20), [E21](crate::facts#e21)).
    pub fn mobile<T>(mut self, value: T) -> Self
    where
        T: TryInto<String>,
        T::Error: ::std::fmt::Display,
    {
        self.mobile = value.try_into().map_err(|_| zap_client_runtime::FieldError::WrongType("mobile"));
        self
    }

    /// Calling code of the country, digits only, without `+`. It must equal the code that the contact was
    /// stored with.
    ///
    /// Checked before sending: not empty.
    ///
    /// Source: observed ([E12](crate::facts#e12), [E20](crate::facts#e20)).
    pub fn mobile_code<T>(mut self, value: T) -> Self
    where
        T: TryInto<String>,
        T::Error: ::std::fmt::Display,
    {
        self.mobile_code = value.try_into().map_err(|_| zap_client_runtime::FieldError::WrongType("mobile_code"));
        self
    }

    /// The `id` of the template in the list of templates, not Meta's `whatsapp_template_id`. One sample on the
    /// providers' pages spells the field `testmplate_id`, which the server does not recognise.
    ///
    /// Checked before sending: at least 1.
    ///
    /// Source: observed ([E3](crate::facts#e3), [E20](crate::facts#e20)).
    pub fn template_id<T>(mut self, value: T) -> Self
    where
        T: TryInto<i64>,
        T::Error: ::std::fmt::Display,
    {
        self.template_id = value.try_into().map_err(|_| zap_client_runtime::FieldError::WrongType("template_id"));
        self
    }
}

impl TryFrom<SendTemplateMessageBody> for super::SendTemplateMessageBody {
    type Error = super::error::ConversionError;
    fn try_from(value: SendTemplateMessageBody) -> Result<Self, super::error::ConversionError> {
        Ok(Self {
            body_variables: value.body_variables,
            from_number: value.from_number,
            header_variables: value.header_variables,
            mobile: value.mobile?,
            mobile_code: value.mobile_code?,
            template_id: value.template_id?,
        })
    }
}

impl From<super::SendTemplateMessageBody> for SendTemplateMessageBody {
    fn from(value: super::SendTemplateMessageBody) -> Self {
        Self {
            body_variables: value.body_variables,
            from_number: value.from_number,
            header_variables: value.header_variables,
            mobile: Ok(value.mobile),
            mobile_code: Ok(value.mobile_code),
            template_id: Ok(value.template_id),
        }
    }
}

impl ::std::fmt::Debug for ChangeConversationStatusBody {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        ::std::fmt::Debug::fmt(&zap_client_runtime::Form::from(self.clone()), f)
    }
}

impl ::std::fmt::Debug for super::ChangeConversationStatusBody {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        ::std::fmt::Debug::fmt(&zap_client_runtime::Form::from(self.clone()), f)
    }
}

impl From<ChangeConversationStatusBody> for zap_client_runtime::Form {
    fn from(form: ChangeConversationStatusBody) -> Self {
        Self::new().text_of("status", form.status.map(Some))
    }
}

impl From<super::ChangeConversationStatusBody> for zap_client_runtime::Form {
    fn from(form: super::ChangeConversationStatusBody) -> Self {
        ChangeConversationStatusBody::from(form).into()
    }
}

impl ::std::fmt::Debug for ContactStoreBody {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        ::std::fmt::Debug::fmt(&zap_client_runtime::Form::from(self.clone()), f)
    }
}

impl ::std::fmt::Debug for super::ContactStoreBody {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        ::std::fmt::Debug::fmt(&zap_client_runtime::Form::from(self.clone()), f)
    }
}

impl From<ContactStoreBody> for zap_client_runtime::Form {
    fn from(form: ContactStoreBody) -> Self {
        Self::new()
            .text_of("firstname", form.firstname.map(Some))
            .text_of("lastname", form.lastname.map(Some))
            .text_of("mobile_code", form.mobile_code.map(Some))
            .text_of("mobile", form.mobile.map(Some))
            .text_of("city", Ok(form.city))
            .text_of("state", Ok(form.state))
            .text_of("post_code", Ok(form.post_code))
            .text_of("address", Ok(form.address))
            .file("profile_image", form.profile_image)
    }
}

impl From<super::ContactStoreBody> for zap_client_runtime::Form {
    fn from(form: super::ContactStoreBody) -> Self {
        ContactStoreBody::from(form).into()
    }
}

impl ::std::fmt::Debug for ContactUpdateBody {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        ::std::fmt::Debug::fmt(&zap_client_runtime::Form::from(self.clone()), f)
    }
}

impl ::std::fmt::Debug for super::ContactUpdateBody {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        ::std::fmt::Debug::fmt(&zap_client_runtime::Form::from(self.clone()), f)
    }
}

impl From<ContactUpdateBody> for zap_client_runtime::Form {
    fn from(form: ContactUpdateBody) -> Self {
        Self::new()
            .text_of("firstname", form.firstname.map(Some))
            .text_of("lastname", form.lastname.map(Some))
            .text_of("mobile_code", form.mobile_code.map(Some))
            .text_of("mobile", form.mobile.map(Some))
            .text_of("city", Ok(form.city))
            .text_of("state", Ok(form.state))
            .text_of("post_code", Ok(form.post_code))
            .text_of("address", Ok(form.address))
            .file("profile_image", form.profile_image)
    }
}

impl From<super::ContactUpdateBody> for zap_client_runtime::Form {
    fn from(form: super::ContactUpdateBody) -> Self {
        ContactUpdateBody::from(form).into()
    }
}

impl ::std::fmt::Debug for SendMessageBody {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        ::std::fmt::Debug::fmt(&zap_client_runtime::Form::from(self.clone()), f)
    }
}

impl ::std::fmt::Debug for super::SendMessageBody {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        ::std::fmt::Debug::fmt(&zap_client_runtime::Form::from(self.clone()), f)
    }
}

impl From<SendMessageBody> for zap_client_runtime::Form {
    fn from(form: SendMessageBody) -> Self {
        Self::new()
            .text_of("mobile_code", form.mobile_code.map(Some))
            .text_of("mobile", form.mobile.map(Some))
            .text_of("from_number", Ok(form.from_number))
            .text_of("cta_url_id", Ok(form.cta_url_id))
            .text_of("interactive_list_id", Ok(form.interactive_list_id))
            .file("image", form.image)
            .file("document", form.document)
            .file("video", form.video)
            .file("audio", form.audio)
            .text_of("latitude", Ok(form.latitude))
            .text_of("longitude", Ok(form.longitude))
            .text_of("name", Ok(form.name))
            .text_of("address", Ok(form.address))
            .text_of("product", Ok(form.product))
            .text_of("created_order_data", Ok(form.created_order_data))
            .text_of("message", Ok(form.message))
    }
}

impl From<super::SendMessageBody> for zap_client_runtime::Form {
    fn from(form: super::SendMessageBody) -> Self {
        SendMessageBody::from(form).into()
    }
}

impl ::std::fmt::Debug for SendTemplateMessageBody {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        ::std::fmt::Debug::fmt(&zap_client_runtime::Form::from(self.clone()), f)
    }
}

impl ::std::fmt::Debug for super::SendTemplateMessageBody {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        ::std::fmt::Debug::fmt(&zap_client_runtime::Form::from(self.clone()), f)
    }
}

impl From<SendTemplateMessageBody> for zap_client_runtime::Form {
    fn from(form: SendTemplateMessageBody) -> Self {
        Self::new()
            .text_of("mobile_code", form.mobile_code.map(Some))
            .text_of("mobile", form.mobile.map(Some))
            .text_of("from_number", Ok(form.from_number))
            .text_of("template_id", form.template_id.map(Some))
            .text_of("header_variables[]", Ok(form.header_variables))
            .text_of("body_variables[]", Ok(form.body_variables))
    }
}

impl From<super::SendTemplateMessageBody> for zap_client_runtime::Form {
    fn from(form: super::SendTemplateMessageBody) -> Self {
        SendTemplateMessageBody::from(form).into()
    }
}
