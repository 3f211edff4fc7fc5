using FlickStream.Platform.Http;
using FlickStream.Portal;

var builder = WebApplication.CreateBuilder(args);
builder.AddPortal();

var app = builder.Build();
app.UsePlatform();
app.MapPortal();
app.Run();
