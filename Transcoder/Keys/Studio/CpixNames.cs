using System.Xml.Linq;

namespace FlickStream.Transcoder.Keys.Studio;

internal static class CpixNames
{
    public static readonly XNamespace Cpix = "urn:dashif:org:cpix";
    public static readonly Guid FairPlay = new("94ce86fb-07ff-4f43-adb8-93d2fa968ca2");
    public static readonly XNamespace Pskc = "urn:ietf:params:xml:ns:keyprov:pskc";
}
