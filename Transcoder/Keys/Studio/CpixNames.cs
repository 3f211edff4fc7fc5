using System.Xml.Linq;

namespace FlickStream.Transcoder.Keys.Studio;

internal static class CpixNames
{
    public static readonly XNamespace Cpix = "urn:dashif:org:cpix";
    public static readonly XNamespace Pskc = "urn:ietf:params:xml:ns:keyprov:pskc";
}
